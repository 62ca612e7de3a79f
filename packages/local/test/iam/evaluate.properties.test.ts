import { createValidatedPolicy } from '@cloud-copilot/iam-policy';
import { runUnsafeSimulation } from '@cloud-copilot/iam-simulate';
import { describe, expect, it } from '@jest/globals';
import { fc } from '../../../../test/support/properties.ts';
import type { JsonObject } from '../../src/core/json.ts';
import type { Requester } from '../../src/iam/principal.ts';
import { ACCOUNT, type Case, decide, documentOf, ROLE, variable } from './decide.ts';

/** Another implementation: iam-simulate of Cloud Copilot, without its validation of which service knows which key. */
const simulated = ({ identity, resource, boundary, action, on = '*', context = {}, by = ROLE }: Case): string => {
  const contextVariables: Record<string, string | string[]> = {};
  for (const [key, value] of Object.entries(context))
    contextVariables[key] = typeof value === 'string' ? value : [...value];
  const named = (policy: Case['identity']) => (policy ? [{ name: 'policy', policy: documentOf(policy) }] : []);
  return runUnsafeSimulation(
    {
      request: {
        principal: by.kind === 'role' ? by.sessionArn : by.kind === 'service' ? by.name : { type: 'Anonymous' },
        action,
        resource: { resource: on, accountId: ACCOUNT },
        contextVariables,
      },
      identityPolicies: named(identity),
      serviceControlPolicies: [],
      resourceControlPolicies: [],
      ...(resource && { resourcePolicy: createValidatedPolicy(documentOf(resource), () => [], { name: 'policy' }) }),
      ...(boundary && { permissionBoundaryPolicies: named(boundary) }),
    },
    {},
  );
};

const ours = (asked: Case): string => {
  const verdict = decide(asked);
  if (verdict.allowed) return 'Allowed';
  return verdict.because.endsWith('denies') ? 'ExplicitlyDenied' : 'ImplicitlyDenied';
};

const table = (name: string) => `arn:aws:dynamodb:us-east-1:${ACCOUNT}:table/${name}`;

const actions = ['dynamodb:GetItem', 'dynamodb:PutItem', 'events:PutEvents'];
const actionPatterns = [
  ...actions,
  'dynamodb:*',
  '*',
  'DYNAMODB:getitem',
  'dynamodb:Put*',
  'dynamodb:?utItem',
  'events:Put?vents',
];
const resources = [
  table('orders'),
  table('orders-old'),
  table('users'),
  `arn:aws:events:us-east-1:${ACCOUNT}:event-bus/main`,
];
const resourcePatterns = [
  ...resources,
  ...['*', table('*'), table('orders*'), table('user?'), `arn:*:dynamodb:us-*:*:table/orders`],
  ...[
    table(variable('aws:PrincipalTag/team')),
    table(`${variable("aws:PrincipalTag/team, 'orders'")}-old`),
    table(variable('*')),
  ],
];

const plainTexts = ['orders', 'users', 'Orders', 'or*', '*', '?sers', '', variable('*')];
const texts = [...plainTexts, variable('aws:PrincipalTag/team')];
const numbers = ['1', '2', '2.5', '-1'];
const times = ['2026-01-01T00:00:00Z', '2026-01-01T00:00:01Z', '2027-06-01T12:00:00Z'];
const addresses = ['10.0.0.0/8', '10.1.2.3', '192.168.0.0/16'];
const arns = resourcePatterns.filter((text) => text.startsWith('arn:'));

/** Whether it says something whatever the request knows. */
const isPlain = (text: string): boolean => !text.includes(variable('aws:PrincipalTag/team'));

/**
 * Operators, the keys they are tried on, and what is wanted of these. Left out where the other implementation differs from what
 * AWS documents, which documented-cases.ts holds: a negated operator on a variable without a value, also below
 * NotResource; addresses of two families; an ARN that is cut short below NotResource.
 */
const kinds: readonly (readonly [operators: readonly string[], key: string, wanted: readonly string[]])[] = [
  [['StringEquals', 'StringLike', 'StringEqualsIgnoreCase'], 'events:source', texts],
  [['StringNotEquals', 'StringNotLike', 'StringNotEqualsIgnoreCase'], 'events:source', plainTexts],
  [['NumericEquals', 'NumericNotEquals', 'NumericLessThan', 'NumericGreaterThanEquals'], 's3:max-keys', numbers],
  [['DateEquals', 'DateLessThan', 'DateLessThanEquals', 'DateGreaterThan'], 'aws:CurrentTime', times],
  [['IpAddress', 'NotIpAddress'], 'aws:SourceIp', addresses],
  [['ArnEquals', 'ArnLike'], 'aws:SourceArn', arns],
  [['ArnNotEquals', 'ArnNotLike'], 'aws:SourceArn', arns.filter(isPlain)],
  [['Bool', 'Null'], 'aws:SecureTransport', ['true', 'false']],
];
const setKinds: typeof kinds = [
  [
    ['StringEquals', 'StringNotEquals', 'StringLike', 'StringNotLike'].flatMap((name) => [
      `ForAllValues:${name}`,
      `ForAnyValue:${name}`,
    ]),
    'dynamodb:LeadingKeys',
    plainTexts,
  ],
];

const conditionOf = ([operators, key, wanted]: (typeof kinds)[number]) =>
  fc
    .tuple(
      fc.constantFrom(...operators),
      fc.boolean(),
      fc.uniqueArray(fc.constantFrom(...wanted), { minLength: 1, maxLength: 3 }),
    )
    .map(([operator, ifExists, values]): JsonObject => {
      const name = ifExists && operator !== 'Null' && !operator.startsWith('For') ? `${operator}IfExists` : operator;
      return { [name]: { [key]: operator === 'Null' ? (values[0] ?? 'true') : values } };
    });

const conditions = fc.oneof(...[...kinds, ...setKinds].map(conditionOf));

const some = (values: readonly string[]) => fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 3 });

const statements = (more: fc.Arbitrary<JsonObject>) =>
  fc
    .record({
      Effect: fc.constantFrom('Allow', 'Allow', 'Deny'),
      not: fc.tuple(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 4 })),
      action: some(actionPatterns),
      resource: some(resourcePatterns),
      Condition: fc.option(conditions, { nil: undefined }),
      more,
    })
    .map(
      ({ Effect, not, action, resource, Condition, more: rest }): JsonObject => ({
        Effect,
        [not[0] === 0 ? 'NotAction' : 'Action']: action,
        ...(not[1] === 0 ? { NotResource: [...resource.filter(isPlain), table('never')] } : { Resource: resource }),
        ...(Condition && { Condition }),
        ...rest,
      }),
    );

const ROLE_ARN = `arn:aws:iam::${ACCOUNT}:role/place-order`;
const principals = fc.constantFrom<JsonObject>(
  { Principal: '*' },
  { Principal: { AWS: '*' } },
  { Principal: { AWS: ROLE_ARN } },
  { Principal: { AWS: [`arn:aws:iam::${ACCOUNT}:role/other`, ROLE_ARN] } },
  { Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` } },
  { Principal: { AWS: ACCOUNT } },
  { Principal: { Service: 'events.amazonaws.com' } },
  { Principal: { Service: ['sns.amazonaws.com', 'events.amazonaws.com'] } },
);

const policies = (more: fc.Arbitrary<JsonObject>) => fc.array(statements(more), { minLength: 1, maxLength: 4 });
const none = fc.constant<JsonObject>({});

const contexts = fc.record(
  {
    'events:source': fc.constantFrom('orders', 'users', 'ORDERS', 'or*', ''),
    's3:max-keys': fc.constantFrom(...numbers),
    'aws:CurrentTime': fc.constantFrom(...times),
    'aws:SourceIp': fc.constantFrom('10.1.2.3', '192.168.7.7', '8.8.8.8'),
    'aws:SourceArn': fc.constantFrom(...resources),
    'aws:SecureTransport': fc.constantFrom('true', 'false'),
    'aws:PrincipalTag/team': fc.constantFrom('orders', 'users', '*'),
    'dynamodb:LeadingKeys': fc.array(fc.constantFrom('orders', 'users', 'or*'), { maxLength: 3 }),
  },
  { requiredKeys: [] },
);

const cases: fc.Arbitrary<Case> = fc
  .record({
    identity: fc.option(policies(none), { nil: undefined }),
    resource: fc.option(policies(principals), { nil: undefined }),
    boundary: fc.option(policies(none), { nil: undefined, freq: 4 }),
    action: fc.constantFrom(...actions),
    on: fc.constantFrom(...resources),
    context: contexts,
    by: fc.constantFrom<Requester>(ROLE, ROLE, { kind: 'service', name: 'events.amazonaws.com' }),
  })
  .map(({ identity, resource, boundary, by, ...rest }) => ({
    ...rest,
    by,
    ...(resource && { resource }),
    // A service has no policies of its own.
    ...(identity && by.kind === 'role' && { identity }),
    ...(boundary && by.kind === 'role' && { boundary }),
  }));

describe('the evaluation of policies', () => {
  it('agrees with another implementation', () => {
    const verdicts = new Map<string, number>();
    fc.assert(
      fc.property(cases, (asked) => {
        const verdict = ours(asked);
        verdicts.set(verdict, (verdicts.get(verdict) ?? 0) + 1);
        expect(verdict).toBe(simulated(asked));
      }),
    );
    // Each verdict was seen often enough to mean something.
    for (const verdict of ['Allowed', 'ExplicitlyDenied', 'ImplicitlyDenied']) {
      expect(verdicts.get(verdict) ?? 0).toBeGreaterThan(50);
    }
  });
});
