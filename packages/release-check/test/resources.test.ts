import type { Json } from '@archipelago/house-rules';
import { describe, expect, it } from '@jest/globals';
import { deployRules } from '../src/rules/deploy-rules.ts';
import type { StackTemplate } from '../src/rules/release.ts';
import { type Resources, releaseOf, stackOf, TODAY } from './releases.ts';

type Properties = Readonly<Record<string, Json>>;

const table = (properties: Properties = {}) => ({
  type: 'AWS::DynamoDB::Table',
  deletionPolicy: 'Retain',
  properties: {
    TableName: 'boats',
    KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
    AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
    ...properties,
  },
});
const resource = (type: string, properties: Properties) => ({ type, properties });
const route = (key: string) =>
  resource('AWS::ApiGatewayV2::Route', { ApiId: { 'Fn::GetStackOutput': { StackName: 'x-gateway' } }, RouteKey: key });
const reading = (provider: string, output: string) =>
  resource('AWS::SSM::Parameter', { Value: { 'Fn::GetStackOutput': { StackName: provider, OutputName: output } } });
const alias = resource('AWS::Lambda::Alias', { FunctionName: { Ref: 'Relay' }, Name: 'live' });
const boats = (resources: Resources) => [stackOf('x-boats', resources)];
const gatewayWith = (outputs: Properties) => [
  stackOf('x-gateway', {}, outputs),
  stackOf('x-boats', { Route: reading('x-gateway', 'ApiId') }),
];

const REFUSED: readonly [
  string,
  keyof typeof deployRules,
  readonly StackTemplate[],
  readonly StackTemplate[],
  RegExp,
][] = [
  [
    'a removed table',
    'statefulResourcesStay',
    boats({ Table: table() }),
    boats({}),
    /Table 'boats' would be removed.*x-boats\/Table.*retained/s,
  ],
  [
    'a table in a stack that is removed',
    'statefulResourcesStay',
    boats({ Table: table() }),
    [],
    /Table 'boats' would be removed/,
  ],
  [
    'a table with another key',
    'statefulResourcesStay',
    boats({ Table: table() }),
    boats({ Table: table({ KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }] }) }),
    /would be replaced.*x-boats\/Table, property KeySchema/s,
  ],
  [
    'a table with another name',
    'statefulResourcesStay',
    boats({ Table: table() }),
    boats({ Table: table({ TableName: 'ships' }) }),
    /would be replaced.*property TableName/s,
  ],
  [
    'a table whose key is of another type',
    'statefulResourcesStay',
    boats({ Table: table() }),
    boats({ Table: table({ AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'N' }] }) }),
    /property AttributeDefinitions \(pk\)/,
  ],
  [
    'a removed queue',
    'statefulResourcesStay',
    boats({ Queue: resource('AWS::SQS::Queue', { QueueName: 'moor-boat' }) }),
    boats({}),
    /Queue 'moor-boat' would be removed.*would be lost/s,
  ],
  [
    'a renamed bus',
    'statefulResourcesStay',
    boats({ Bus: resource('AWS::Events::EventBus', { Name: 'x' }) }),
    boats({ Bus: resource('AWS::Events::EventBus', { Name: 'y' }) }),
    /EventBus 'x' would be replaced/,
  ],
  [
    'an archive of another bus',
    'statefulResourcesStay',
    boats({ Archive: resource('AWS::Events::Archive', { SourceArn: 'a' }) }),
    boats({ Archive: resource('AWS::Events::Archive', { SourceArn: 'b' }) }),
    /property SourceArn/,
  ],
  [
    'a removed user pool',
    'statefulResourcesStay',
    boats({ Pool: resource('AWS::Cognito::UserPool', {}) }),
    boats({}),
    /UserPool Pool would be removed/,
  ],
  [
    'a table under another logical id',
    'logicalIdsStay',
    boats({ Table: table() }),
    boats({ Boats: table() }),
    /x-boats\/Table is x-boats\/Boats now.*overrideLogicalId\('Table'\)/s,
  ],
  [
    'a route that moves to another stack',
    'logicalIdsStay',
    boats({ Route: route('GET /boats') }),
    [stackOf('x-ships', { Route: route('GET /boats') })],
    /'GET \/boats' would get another logical id.*x-boats\/Route is x-ships\/Route now/s,
  ],
  [
    'an alias of the same function under another logical id',
    'logicalIdsStay',
    boats({ Alias: alias }),
    boats({ Live: alias }),
    /Alias 'live' would get another logical id/,
  ],
  [
    'a removed output that another stack reads',
    'outputsInUseStay',
    gatewayWith({ ApiId: { Value: 'a' } }),
    gatewayWith({}),
    /output ApiId would be removed.*stack x-gateway; used by x-boats\/Route/s,
  ],
  [
    'a removed output whose reader goes with it, but is deployed',
    'outputsInUseStay',
    gatewayWith({ ApiId: { Value: 'a' } }),
    [stackOf('x-gateway', {})],
    /used by x-boats\/Route/,
  ],
  [
    'a removed output that a new stack wants to read',
    'outputsInUseStay',
    [stackOf('x-gateway', {}, { ApiId: { Value: 'a' } })],
    gatewayWith({}),
    /used by x-boats\/Route/,
  ],
  [
    'an export that is renamed while it is imported',
    'outputsInUseStay',
    [
      stackOf('x-platform', {}, { Arn: { Value: 'a', Export: { Name: 'bus' } } }),
      stackOf('x-boats', { P: resource('AWS::SSM::Parameter', { Value: { 'Fn::ImportValue': 'bus' } }) }),
    ],
    [stackOf('x-platform', {}, { Arn: { Value: 'a', Export: { Name: 'the-bus' } } })],
    /exported under another name.*x-boats\/P/s,
  ],
  [
    "a service that reads another service's output",
    'servicesImportNothing',
    [],
    [stackOf('x-boats', {}, { Url: { Value: 'u' } }), stackOf('x-harbour', { Env: reading('x-boats', 'Url') })],
    /x-harbour would read an output of x-boats.*x-harbour\/Env reads x-boats\/Url/s,
  ],
];

const ACCEPTED: readonly [string, readonly StackTemplate[], readonly StackTemplate[]][] = [
  [
    'a table that gets an index, an attribute for it and protection',
    boats({ Table: table() }),
    boats({
      Table: table({
        AttributeDefinitions: [
          { AttributeName: 'pk', AttributeType: 'S' },
          { AttributeName: 'owner', AttributeType: 'S' },
        ],
        GlobalSecondaryIndexes: [{ IndexName: 'by-owner' }],
        DeletionProtectionEnabled: true,
      }),
    }),
  ],
  [
    'a key written in another order',
    boats({ Table: table() }),
    boats({ Table: table({ KeySchema: [{ KeyType: 'HASH', AttributeName: 'pk' }] }) }),
  ],
  ['a new table', boats({}), boats({ Table: table() })],
  [
    'the same logical ids in two stacks',
    [stackOf('x-boats', { Alias: alias }), stackOf('x-harbour', { Live: alias })],
    [stackOf('x-boats', { Alias: alias }), stackOf('x-harbour', { Live: alias })],
  ],
  [
    'a removed function and a removed route',
    boats({ Fn: resource('AWS::Lambda::Function', { FunctionName: 'f' }), Route: route('GET /boats') }),
    boats({}),
  ],
  ['an output that nobody reads', [stackOf('x-boats', {}, { Url: { Value: 'u' } })], [stackOf('x-boats', {})]],
  ['ids read from platform and gateway', [], gatewayWith({ ApiId: { Value: 'a' } })],
];

const judge = (before: readonly StackTemplate[], after: readonly StackTemplate[], rules = Object.keys(deployRules)) =>
  rules.flatMap(
    (rule) => deployRules[rule]?.(releaseOf({ stacks: before }), releaseOf({ stacks: after }), TODAY) ?? [],
  );

describe('the deploy check', () => {
  it.each(REFUSED)('refuses %s', (_what, rule, before, after, says) => {
    const refusals = judge(before, after, [rule]);
    expect(refusals.map(({ what, where, why, remedy }) => [what, where, why, remedy].join('\n'))).toEqual([
      expect.stringMatching(says),
    ]);
  });

  it.each(REFUSED)('has one rule only that refuses %s', (_what, _rule, before, after) => {
    expect(judge(before, after)).toHaveLength(1);
  });

  it.each(ACCEPTED)('accepts %s', (_what, before, after) => {
    expect(judge(before, after)).toEqual([]);
  });

  it.each(REFUSED)('finds nothing in what stays as it is: %s', (_what, _rule, before) => {
    expect(judge(before, before)).toEqual([]);
  });
});
