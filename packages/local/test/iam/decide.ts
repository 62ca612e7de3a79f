import type { JsonObject } from '../../src/core/json.ts';
import { contextOf } from '../../src/iam/context.ts';
import { evaluate, isFixed, narrow, type Verdict } from '../../src/iam/evaluate.ts';
import type { Requester } from '../../src/iam/principal.ts';
import { readPolicy } from '../../src/iam/statement.ts';

/** A policy document, or its statements in the version of 2012-10-17. */
export type Written = JsonObject | readonly JsonObject[];

export interface Case {
  readonly identity?: Written;
  readonly resource?: Written;
  readonly boundary?: Written;
  readonly action: string;
  readonly on?: string;
  readonly context?: Readonly<Record<string, string | readonly string[]>>;
  readonly by?: Requester;
}

export const ACCOUNT = '123456789012';

export const ROLE: Requester = {
  kind: 'role',
  account: ACCOUNT,
  roleArn: `arn:aws:iam::${ACCOUNT}:role/place-order`,
  sessionArn: `arn:aws:sts::${ACCOUNT}:assumed-role/place-order/orders-place-order`,
};

export const documentOf = (written: Written): JsonObject =>
  'Statement' in written ? written : { Version: '2012-10-17', Statement: [...Object.values(written)] };

const statementsOf = (written: Written | undefined, kind: 'identity' | 'resource') =>
  written === undefined ? [] : readPolicy(documentOf(written), kind);

/** The verdict on a case, which must be the same on what is left of the policies for its action and resource. */
export const decide = ({ identity, resource, boundary, action, on = '*', context = {}, by = ROLE }: Case): Verdict => {
  const policies = {
    identity: statementsOf(identity, 'identity'),
    resource: statementsOf(resource, 'resource'),
    ...(boundary && { boundary: statementsOf(boundary, 'identity') }),
  };
  const request = { action, resource: on, context: contextOf(context) };
  const verdict = evaluate(request, policies, by);
  const narrowed = narrow(policies, action, on);
  const same = evaluate(isFixed(narrowed) ? { ...request, context: () => undefined } : request, narrowed, by);
  if (JSON.stringify(same) !== JSON.stringify(verdict)) throw new Error('narrowed policies decide otherwise');
  return verdict;
};

export const reasonOf = (verdict: Verdict): string => (verdict.allowed ? 'allowed' : verdict.because);

/** `${aws:username}`, as a policy holds it. */
export const variable = (key: string): string => `\${${key}}`;
