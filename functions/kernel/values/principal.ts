/** Who calls, as the gateway's authorizer found out. */
export interface Principal {
  readonly sub: string;
  readonly scopes: readonly string[];
  readonly groups: readonly string[];
  readonly isAdmin: boolean;
}

export const ADMIN_GROUP = 'admin';

/** A program that signed its request, by the role or user that the signature belongs to: an ARN. */
export type Machine = string;

/** The claims of an access token of this system's people; undefined for a text that is none, or is no longer good. */
export type VerifyToken = (token: string) => Promise<Readonly<Record<string, unknown>> | undefined>;
