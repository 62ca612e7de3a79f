import type { Act } from '../core/access.ts';
import type { Caller } from '../core/aws-call.ts';
import type { JsonObject } from '../core/json.ts';
import type { Policies, Reason, Verdict } from './evaluate.ts';
import { sessionArnOf } from './requester.ts';
import type { Statement } from './statement.ts';

export type Refusal = Extract<Verdict, { readonly allowed: false }>;

/** An act that was refused. */
export interface Denial {
  readonly caller: Caller;
  readonly action: string;
  readonly resource: string;
  readonly because: Reason;
  /** As AWS words it. */
  readonly message: string;
  /** For the person who has to mend it. */
  readonly advice: string;
}

const POLICY: Readonly<Record<string, string>> = {
  identity: 'identity-based policy',
  resource: 'resource-based policy',
  boundary: 'permissions boundary',
};

/** IAM User Guide, "Troubleshoot access denied error messages". */
const messageOf = (caller: Caller, { action, resource }: Act, because: Reason): string => {
  const [kind = '', how] = because.split(': ');
  // SQS alone names its actions in lower case here.
  const named = action.startsWith('sqs:') ? action.toLowerCase() : action;
  const on = resource === '*' ? '' : ` on resource: ${resource}`;
  const policy = POLICY[kind] ?? kind;
  const article = /^[aeiou]/.test(policy) ? 'an' : 'a';
  const why =
    how === 'denies'
      ? `with an explicit deny in ${article} ${policy}`
      : `because no ${policy} allows the ${named} action`;
  return `User: ${sessionArnOf(caller)} is not authorized to perform: ${named}${on} ${why}`;
};

/** The statement that would allow it. */
const missing = ({ principal, sourceArn }: Caller, { action, resource }: Act, because: Reason): JsonObject => {
  const base = { Effect: 'Allow', Action: action, Resource: resource };
  if (!because.startsWith('resource')) return base;
  return {
    ...base,
    Principal: principal === 'anonymous' ? '*' : { Service: principal },
    ...(sourceArn !== undefined && { Condition: { ArnLike: { 'aws:SourceArn': sourceArn } } }),
  };
};

/** A statement that would allow it under another condition: a missing grant and an unmet condition look alike otherwise. */
const unmetIn = ({ identity, resource }: Policies): Statement | undefined =>
  [...identity, ...resource].find(({ effect, condition }) => effect === 'Allow' && condition !== undefined);

const adviceOf = (caller: Caller, act: Act, refusal: Refusal, policies: Policies, construct: string | undefined) => {
  const { because, by } = refusal;
  if (by) return `the statement ${JSON.stringify(by.written)} denies it`;
  const unmet = unmetIn(policies);
  if (unmet) return `the condition of ${JSON.stringify(unmet.written)} does not hold`;
  const place = because.startsWith('resource') ? `the policy of ${act.resource}` : (construct ?? caller.principal);
  return `add ${JSON.stringify(missing(caller, act, because))} to ${place}`;
};

export const denialOf = (
  caller: Caller,
  act: Act,
  refusal: Refusal,
  policies: Policies,
  construct: string | undefined,
): Denial => ({
  caller,
  action: act.action,
  resource: act.resource,
  because: refusal.because,
  message: messageOf(caller, act, refusal.because),
  advice: adviceOf(caller, act, refusal, policies, construct),
});
