import type { Json, Template } from '@archipelago/house-rules';

/** What is deployed as one: the synthesized stacks and the contracts by which they and their clients meet. */
export interface Release {
  readonly stacks: readonly StackTemplate[];
  readonly messages: readonly MessageShape[];
  readonly routes: readonly RouteShape[];
  readonly uses: readonly ContractUse[];
  readonly storedKinds: readonly StoredKind[];
  /** Files that show what releases have stored, by path. */
  readonly storedExamples: Readonly<Record<string, string>>;
}

export interface StackTemplate extends Template {
  /** By name; each as the template has it: `{Value, Export?}`. */
  readonly outputs: Readonly<Record<string, Json>>;
}

/** A message contract as JSON Schema 2020-12. */
export interface MessageShape {
  /** The contract's source, from the root of the repository. */
  readonly file: string;
  readonly kind: 'event' | 'command' | 'query';
  readonly service: string;
  /** `OrderPlaced.v1`. */
  readonly type: string;
  /** What an event or command carries, or what a query asks. */
  readonly data: Json;
  /** What a query answers. */
  readonly response?: Json;
}

/** What is announced of an operation that will go: days in UTC, `2026-11-26`. */
export interface Sunset {
  readonly since: string;
  readonly sunset: string;
}

/** One HTTP operation as JSON Schema 2020-12. */
export interface RouteShape {
  readonly file: string;
  readonly service: string;
  /** Its function. */
  readonly function: string;
  /** `GET /orders/{id}`, `GET /v2/orders/{id}`: each version of a route is one. */
  readonly key: string;
  readonly version: number;
  readonly deprecated?: Sunset;
  readonly access: 'public' | 'machines' | { readonly scopes: readonly string[]; readonly group?: string };
  /** Of the headers Idempotency-Key and If-Match, those without which a request is refused. */
  readonly requiredHeaders: readonly string[];
  readonly params?: Json;
  readonly query?: Json;
  readonly body?: Json;
  /** Bodies of the successful answers by status; null where there is none. */
  readonly answers: Readonly<Record<string, Json>>;
}

/** A source file that reads or sends a message, or that calls a route. */
export interface ContractUse {
  /** A message's type or a route's key. */
  readonly contract: string;
  readonly file: string;
}

/** A type of event as an aggregate's table keeps it. */
export interface StoredKind {
  /** The source that says so. */
  readonly file: string;
  readonly aggregate: string;
  readonly type: string;
  /** The newest version that is read; those before it are read too. */
  readonly reads: number;
  /** The version that is stored; 0 for none. */
  readonly writes: number;
  /** Of version `reads`. */
  readonly shape: string;
  /** Code that does not know it leaves it out. */
  readonly ignorable: boolean;
}

/** Why a release must not follow the one before it. */
export interface Refusal {
  /** What `--accept` takes: `<stack>/<logical id>`, a message's type, a route's key, `<aggregate>/<stored event>` or a path. */
  readonly subject: string;
  readonly what: string;
  readonly where: string;
  readonly why: string;
  readonly remedy: string;
}

/** How often operations were called lately, as `npm run usage` writes it. */
export interface Usage {
  readonly stage: string;
  /** Times in RFC 3339, UTC. */
  readonly from: string;
  readonly until: string;
  /** Those whose calls are counted. */
  readonly routes: readonly { readonly key: string; readonly calls: number; readonly lastCall?: string | undefined }[];
}

/** What a rule knows besides the two releases. */
export interface Evidence {
  /** The day in UTC: `2026-11-26`. */
  readonly today: string;
  readonly usage?: Usage | undefined;
}

export type DeployRule = (before: Release, after: Release, evidence: Evidence) => readonly Refusal[];

/** Who uses a contract: those that are deployed break first, and those of the change must not be forgotten. */
export const usersOf = (contract: string, before: Release, after: Release): readonly string[] => {
  const uses = [...before.uses, ...after.uses].filter((use) => use.contract === contract);
  return [...new Set(uses.map(({ file }) => file))].sort();
};
