import type { Caller } from './aws-call.ts';
import type { Json } from './json.ts';

/** What conditions may ask of a call, by key in lower case; see iam/context.ts. */
export type ActContext = (key: string) => string | readonly string[] | undefined;

/** One thing that a call does: an action of IAM on a resource. */
export interface Act {
  /** `dynamodb:Query` */
  readonly action: string;
  /** An ARN, or `*` for an action that is about no resource. */
  readonly resource: string;
  readonly context?: ActContext;
}

/** What a call does; found out only when someone asks. */
export type Acts = readonly Act[] | (() => readonly Act[]);

/** What a role is, beside the policies that it has itself. */
export interface RoleFacts {
  /** The construct that made it, as `aws:cdk:path` names it. */
  readonly construct?: string | undefined;
  /** ARNs of managed policies. */
  readonly managed: readonly string[];
  readonly boundary?: string | undefined;
}

/** The policies of roles, of managed policies and of resources, each by the ARN of what has it. */
export interface PolicyBook {
  role(arn: string, facts: RoleFacts): void;
  /** Takes the place of what stood under the same key. Throws for a policy that AWS would refuse, or that is not known here. */
  put(holderArn: string, key: string, document: Json): void;
  drop(holderArn: string, key: string): void;
  /** Forgets a role with its policies, so that nothing is known of it. */
  forget(arn: string): void;
}

/** An action on a resource, as a call made it. */
export interface Used {
  readonly action: string;
  readonly resource: string;
}

/** One action on one resource that a policy allows, as written there. */
export interface Grant extends Used {
  readonly used: boolean;
}

/** What became of the permissions of a role, or of what a resource allows. */
export interface HolderUsage {
  readonly arn: string;
  readonly construct?: string;
  readonly grants: readonly Grant[];
  readonly used: readonly Used[];
  readonly denied: readonly Used[];
}

/** Who may do what. */
export interface Access {
  readonly policies: PolicyBook;
  /** Throws AwsError AccessDeniedException unless the caller may do all of it. */
  demand(caller: Caller, acts: Acts): void;
  /** The same for what is done without anyone who waits for an answer. */
  permits(caller: Caller, acts: Acts): boolean;
  /** Which permissions were used since the start, and which were not, of every role and every resource with a policy. */
  usage(): readonly HolderUsage[];
}

/** Everyone may do everything. */
export const openAccess: Access = {
  policies: { role: () => {}, put: () => {}, drop: () => {}, forget: () => {} },
  demand: () => {},
  permits: () => true,
  usage: () => [],
};
