import type { KeyHolder } from './tokens/signing-key.ts';

export interface UserPoolClient {
  readonly id: string;
  /** How long its access tokens are good for. */
  readonly accessTokenSeconds: number;
}

export interface UserPool {
  readonly id: string;
  readonly name: string;
  readonly issuer: string;
  readonly keys: KeyHolder;
  readonly clients: UserPoolClient[];
  /** Every scope of its resource servers, as `<identifier>/<name>`. */
  readonly scopes: string[];
  readonly groups: string[];
}

/** By pool id, in the order of the templates. */
export type UserPools = Map<string, UserPool>;
