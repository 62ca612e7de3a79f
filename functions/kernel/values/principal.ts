import { isId } from './ids.ts';

/** Who calls, as the gateway's authorizer found out. */
export interface Principal {
  /** The subject of the token, as an id of ours: see `idOfSubject`. */
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

const DERIVED = /^sub_[0-9a-f]{60}$/;

/**
 * A subject that may enter keys and messages. Cognito's are UUIDs and stay as they are; those of other identity providers
 * (`auth0|x`, an e-mail address) are hashed, as is one that looks like such a hash: none can choose the id of another.
 */
export const idOfSubject = (subject: string, hash: (text: string) => string): string =>
  isId(subject) && !DERIVED.test(subject) ? subject : `sub_${hash(subject).slice(0, 60)}`;
