import type { Caller } from './aws-call.ts';
import type { Random } from './random.ts';

export interface IssuedCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

export interface CredentialHolder {
  readonly caller: Caller;
  readonly secretAccessKey: string;
  /** None for a key that is not temporary. */
  readonly sessionToken?: string;
}

export const ANONYMOUS: Caller = { principal: 'anonymous' };

export const OPERATOR: Caller = { principal: 'operator' };

/** A fixed key for tools and containers on this machine: a client that reaches loopback may operate the system. */
export const OPERATOR_KEY = { accessKeyId: 'operator', secretAccessKey: 'operator' };

/** Access keys that name their holder, as the keys of a role session do. */
export interface CredentialBook {
  issue(caller: Caller): IssuedCredentials;
  find(accessKeyId: string): CredentialHolder | undefined;
  revoke(accessKeyId: string): void;
}

export const createCredentialBook = (random: Random): CredentialBook => {
  const holders = new Map<string, CredentialHolder>([
    [OPERATOR_KEY.accessKeyId, { caller: OPERATOR, secretAccessKey: OPERATOR_KEY.secretAccessKey }],
  ]);
  return {
    issue: (caller) => {
      const accessKeyId = `ASIA${random.hex(8).toUpperCase()}`;
      const secretAccessKey = random.hex(20);
      const sessionToken = random.hex(16);
      holders.set(accessKeyId, { caller, secretAccessKey, sessionToken });
      return { accessKeyId, secretAccessKey, sessionToken };
    },
    find: (accessKeyId) => holders.get(accessKeyId),
    revoke: (accessKeyId) => {
      holders.delete(accessKeyId);
    },
  };
};
