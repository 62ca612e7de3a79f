import type { RouteContract } from '../../kernel/messages/contract.ts';
import type { Cause } from '../../kernel/messages/message.ts';
import type { Log } from '../../kernel/ports/log.ts';
import type { Precondition } from '../../kernel/values/precondition.ts';
import type { Machine, Principal } from '../../kernel/values/principal.ts';
import type { Schema } from '../../kernel/values/schema.ts';

type Part<Route, Name extends string> = Route extends Readonly<Record<Name, Schema<infer T>>> ? T : undefined;

/** The versions of the route that are served. */
type VersionsOf<Route> =
  | (Route extends { readonly version: infer Newest extends number } ? Newest : 1)
  | (Route extends { readonly earlier: infer Earlier extends object } ? keyof Earlier & number : never);

/** A request that has passed everything its contract asks for. */
export interface HttpRequest<Route extends RouteContract = RouteContract> {
  readonly params: Part<Route, 'params'>;
  readonly query: Part<Route, 'query'>;
  readonly body: Part<Route, 'body'>;
  /** The person; undefined where the contract says `public` or `machines`. */
  readonly principal: Route['access'] extends string ? undefined : Principal;
  /** Where the contract says `machines`. */
  readonly machine: Route['access'] extends 'machines' ? Machine : undefined;
  readonly idempotencyKey: Route extends { readonly idempotencyKey: 'required' } ? string : undefined;
  /** What If-Match and If-None-Match ask, where the contract takes them. */
  readonly precondition: Route extends { readonly ifMatch: 'required' | 'optional' } ? Precondition : undefined;
  readonly cause: Cause;
  readonly log: Log;
  readonly method: string;
  /** As at the gateway, without `/api` and version. */
  readonly path: string;
  /** Which of the contract's versions is asked for, and so which representation is answered. */
  readonly version: VersionsOf<Route>;
  /** SHA-256 of the canonical body. */
  readonly fingerprint: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** Milliseconds until Lambda stops the function. */
  readonly remainingMs: () => number;
}

/** `body` becomes JSON; header names are lower-case. */
export interface HttpAnswer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}
