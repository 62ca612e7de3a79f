import { houseRules, toTemplate } from '@archipelago/house-rules';
import { describe, expect, it } from '@jest/globals';
import {
  alarm,
  alias,
  arn,
  arnText,
  fn,
  functionAlarm,
  integration,
  invoked,
  mapping,
  permission,
  policy,
  queue,
  queueMapping,
  role,
  route,
  rule,
  stage,
  streamMapping,
  table,
} from './pieces.ts';
import { DELIVERY_FAULTS, type Fault } from './planted-deliveries.ts';

const FAULTS: readonly Fault[] = [
  ['actionsAreNamed', 'allows dynamodb:*', { Policy: policy({ Action: 'dynamodb:*', Resource: arn('Table') }) }],
  [
    'resourcesAreNamed',
    'allows sqs:SendMessage on every',
    { P: policy({ Action: ['sqs:SendMessage'], Resource: '*' }) },
  ],
  [
    'rolesAreNarrow',
    'allows 14 actions',
    { Role: role, P: policy({ Action: [...'abcdefghijklmn'].map((name) => `sqs:${name}`), Resource: arn('Queue') }) },
  ],
  [
    'rolesAreNarrow',
    'has managed policies',
    { Role: { Type: 'AWS::IAM::Role', Properties: { ManagedPolicyArns: ['arn:aws:iam::aws:policy/x'] } } },
  ],
  [
    'wildcardsAreConfined',
    'allows servicediscovery:RegisterInstance on a wildcard',
    {
      P: policy({
        Action: ['servicediscovery:RegisterInstance'],
        Resource: arnText('servicediscovery', 'service/*'),
      }),
    },
  ],
  [
    'wildcardsAreConfined',
    'allows servicediscovery:DiscoverInstances on a wildcard',
    {
      P: policy({
        Action: 'servicediscovery:DiscoverInstances',
        Resource: '*',
        Condition: { StringEquals: { 'servicediscovery:ServiceName': 'boats' } },
      }),
    },
  ],
  ['functionsOwnTheirRole', 'shares Role with One', { One: fn(), Two: fn() }],
  ['functionsAreComplete', 'Runtime is not nodejs24.x', { Fn: fn({ Runtime: 'nodejs22.x' }) }],
  ['functionsAreComplete', 'has no LoggingConfig.LogGroup', { Fn: fn({ LoggingConfig: {} }) }],
  ['logsHaveRetention', 'has no RetentionInDays', { Logs: { Type: 'AWS::Logs::LogGroup' } }],
  [
    'logsHaveRetention',
    'keeps lines for 731 days',
    { Logs: { Type: 'AWS::Logs::LogGroup', Properties: { RetentionInDays: 731 } } },
  ],
  ['functionsAreWatched', 'no alarm on Errors', { Fn: fn(), T: functionAlarm('Throttles') }],
  ['functionsAreWatched', 'no alarm on Throttles', { Fn: fn(), E: functionAlarm('Errors') }],
  ['functionsAreWatched', 'no alarm on Duration', { Fn: fn() }],
  [
    'functionsAreWatched',
    'no alarm on Errors',
    { Fn: fn(), OfOneVersion: functionAlarm('Errors', { Name: 'ExecutedVersion', Value: '1' }) },
  ],
  ['streamsAreWatched', 'no alarm on IteratorAge', { M: streamMapping({}), Alias: alias, Fn: fn() }],
  ['tablesForgetInTime', 'no time to live', { Table: table({ TimeToLiveSpecification: {} }) }],
  ['tablesAreProtected', 'no point-in-time', { Table: table({ PointInTimeRecoverySpecification: {} }) }],
  [
    'tablesAreProtected',
    'secrets and has point-in-time',
    { Table: table({ Tags: [{ Key: 'holds', Value: 'secrets' }] }) },
  ],
  [
    'tablesAreProtected',
    'secrets and has a stream',
    {
      Table: table({
        Tags: [{ Key: 'holds', Value: 'secrets' }],
        PointInTimeRecoverySpecification: {},
        StreamSpecification: {},
      }),
    },
  ],
  ['tablesAreProtected', 'no deletion protection', { Table: table({ DeletionProtectionEnabled: false }) }],
  ['tablesAreProtected', 'not encrypted', { Table: table({ SSESpecification: {} }) }],
  ['tablesAreProtected', 'is not retained', { Table: { ...table(), DeletionPolicy: 'Delete' } }],
  ['tablesAreProtected', 'is a GlobalTable', { Table: { Type: 'AWS::DynamoDB::GlobalTable' } }],
  ['alarmsNameAPage', 'names no page', { Alarm: alarm({ AlarmDescription: 'Trouble.', AlarmActions: ['topic'] }) }],
  [
    'alarmsNameAPage',
    'names docs/runbook/panic.md, which is not there',
    { Alarm: alarm({ AlarmDescription: 'Runbook: docs/runbook/panic.md', AlarmActions: ['topic'] }) },
  ],
  ['alarmsNameAPage', 'has no action', { Alarm: alarm({ AlarmDescription: 'Runbook: docs/runbook/calm.md' }) }],
  [
    'alarmsFireAtTheirThreshold',
    'compares by GreaterThanThreshold',
    { Alarm: alarm({ ComparisonOperator: 'GreaterThanThreshold', Threshold: 1 }) },
  ],
  ...DELIVERY_FAULTS,
  ['queuesDemandTls', 'open to plain text', { Queue: queue() }],
  [
    'queuesDemandTls',
    'open to plain text',
    {
      Queue: queue(),
      Policy: {
        Type: 'AWS::SQS::QueuePolicy',
        Properties: {
          Queues: [{ Ref: 'Queue' }],
          PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'sqs:*', Principal: { Service: 'x' } }] },
        },
      },
    },
  ],
  [
    'resourcePoliciesNameCallers',
    'allows everybody',
    {
      Policy: {
        Type: 'AWS::SQS::QueuePolicy',
        Properties: { PolicyDocument: { Statement: [{ Effect: 'Allow', Principal: { AWS: '*' } }] } },
      },
    },
  ],
  ['resourcePoliciesNameCallers', 'without a SourceArn', { Permission: { Type: 'AWS::Lambda::Permission' } }],
  [
    'gatewaysCallByRoute',
    'every route of the API',
    {
      Permission: permission({
        Principal: 'apigateway.amazonaws.com',
        FunctionName: { Ref: 'Alias' },
        SourceArn: arnText('execute-api', 'a1b2c3/*/*'),
      }),
      Route: route({ RouteKey: 'GET /boats', Target: { Ref: 'Integration' } }),
      Integration: integration({ IntegrationUri: { Ref: 'Alias' } }),
    },
  ],
  ['streamMappingsStepOverPoison', 'skips what is in the stream', { M: streamMapping({ StartingPosition: 'LATEST' }) }],
  ['streamMappingsStepOverPoison', 'takes no partial', { M: streamMapping({ FunctionResponseTypes: [] }) }],
  ['streamMappingsStepOverPoison', 'does not bisect', { M: streamMapping({ BisectBatchOnFunctionError: false }) }],
  ['streamMappingsStepOverPoison', 'until the record expires', { M: streamMapping({ MaximumRetryAttempts: -1 }) }],
  ['streamMappingsStepOverPoison', 'may lose records', { M: streamMapping({ MaximumRecordAgeInSeconds: 86_400 }) }],
  ['streamMappingsStepOverPoison', 'forgets what it gives up', { M: streamMapping({ DestinationConfig: {} }) }],
  ['queueMappingsAreBounded', 'takes no partial', { M: queueMapping({ FunctionResponseTypes: [] }), Queue: queue() }],
  [
    'consumersSpaceTheirRetries',
    'when a failed message comes back',
    { M: queueMapping({}), Queue: queue(), Alias: alias, Fn: fn() },
  ],
  [
    'consumersSpaceTheirRetries',
    'when a failed message comes back',
    {
      M: queueMapping({}),
      Queue: queue(),
      Alias: alias,
      Fn: fn(),
      Role: role,
      Policy: policy({ Action: 'sqs:ChangeMessageVisibility', Resource: arn('Other') }),
    },
  ],
  [
    'consumersSpaceTheirRetries',
    'cannot put a malformed message aside',
    {
      M: queueMapping({}),
      Queue: queue({ RedrivePolicy: { maxReceiveCount: 100, deadLetterTargetArn: arn('Dead') } }),
      Alias: alias,
      Fn: fn(),
      Role: role,
      Policy: policy({ Action: ['sqs:ChangeMessageVisibility', 'sqs:SendMessage'], Resource: arn('Queue') }),
    },
  ],
  [
    'consumersSpaceTheirRetries',
    'less than 14 days',
    { M: queueMapping({}), Queue: queue({ MessageRetentionPeriod: 345_600 }), Alias: alias, Fn: fn() },
  ],
  ['queueMappingsAreBounded', 'is not bounded', { M: queueMapping({ ScalingConfig: {} }), Queue: queue() }],
  [
    'queueMappingsAreBounded',
    'hides messages for 59 s, six times the timeout is 60 s',
    { M: queueMapping({}), Queue: queue({ VisibilityTimeout: 59 }), Alias: alias, Fn: fn() },
  ],
  ['routesAreGuarded', 'lets GET /users/{id} in', { Route: route({ RouteKey: 'GET /users/{id}' }) }],
  [
    'routesAreGuarded',
    'lets POST /products in',
    { Route: route({ RouteKey: 'POST /products', AuthorizationType: 'JWT', AuthorizationScopes: [] }) },
  ],
  [
    'infrastructureIsForMachines',
    'lets PUT /boats reach servicediscovery:RegisterInstance without IAM',
    {
      Route: route({ RouteKey: 'PUT /boats', AuthorizationType: 'JWT', Target: { Ref: 'Integration' } }),
      Integration: integration({ IntegrationUri: { Ref: 'Alias' } }),
      Alias: alias,
      Fn: fn(),
      Role: role,
      Policy: policy({ Action: 'servicediscovery:RegisterInstance', Resource: arn('Service') }),
    },
  ],
  [
    'clientsOfferWhatRoutesAsk',
    'offers registry/write, which no route asks of a person',
    {
      Boats: { Type: 'AWS::Cognito::UserPoolResourceServer', Properties: { Identifier: 'boats' } },
      Registry: { Type: 'AWS::Cognito::UserPoolResourceServer', Properties: { Identifier: 'registry' } },
      Client: {
        Type: 'AWS::Cognito::UserPoolClient',
        Properties: {
          AllowedOAuthScopes: [
            'openid',
            ...['Boats', 'Registry'].map((Ref) => ({ 'Fn::Join': ['', [{ Ref }, '/write']] })),
          ],
        },
      },
    },
  ],
  ['routesAreGuarded', 'for any audience', { Authorizer: { Type: 'AWS::ApiGatewayV2::Authorizer' } }],
  [
    'stagesAreThrottled',
    'has no DefaultRouteSettings.ThrottlingRateLimit',
    { S: { Type: 'AWS::ApiGatewayV2::Stage' } },
  ],
  ['accessLogsNameNoCaller', 'logs $context.identity.sourceIp', { S: stage('{"ip":"$context.identity.sourceIp"}') }],
  ['accessLogsNameNoCaller', 'logs $context.path', { S: stage('{"path":"$context.path"}') }],
  ['accessLogsNameNoCaller', 'logs $context.authorizer.claims.sub', { S: stage('$context.authorizer.claims.sub') }],
  [
    'routesEndInTime',
    'waits 9 s for a function of 10 s',
    { I: integration({ IntegrationUri: { Ref: 'Alias' }, TimeoutInMillis: 9000 }), Alias: alias, Fn: fn() },
  ],
  ['triggersCallTheAlias', 'calls Fn, not its alias', { I: integration({ IntegrationUri: arn('Fn') }), Fn: fn() }],
  ['triggersCallTheAlias', 'calls Fn, not its alias', { M: mapping({ FunctionName: { Ref: 'Fn' } }), Fn: fn() }],
  [
    'triggersCallTheAlias',
    'calls shop-boats-moor, not its alias',
    { I: integration({ IntegrationUri: arnText('lambda', 'function:shop-boats-moor') }) },
  ],
  [
    'triggersCallTheAlias',
    'calls shop-boats-sweep, not its alias',
    { R: rule({ Arn: arnText('lambda', 'function:shop-boats-sweep') }) },
  ],
  [
    'environmentsAreLiteral',
    'BUS is not a literal',
    { Fn: fn({ Environment: { Variables: { BUS: { 'Fn::GetStackOutput': { StackName: 'other' } } } } }) },
  ],
  ['environmentsAreLiteral', 'looks like a secret', { Fn: fn({ Environment: { Variables: { API_TOKEN: 'x' } } }) }],
];

describe('a house rule', () => {
  it('lets pass what invokes a function and loses nothing', () => {
    const context = { keepsData: true, runbook: [], publicRoutes: {}, scopes: [] };
    expect(houseRules.invokedFunctionsLoseNothing?.(toTemplate('right', { Resources: invoked }), context)).toEqual([]);
  });

  it.each(FAULTS)('%s finds what %s', (name, problem, resources) => {
    const findings = houseRules[name]?.(toTemplate('planted', { Resources: resources }), {
      keepsData: true,
      runbook: ['calm'],
      publicRoutes: {},
      scopes: ['boats/write'],
    });
    expect(findings?.map((each) => each.problem)).toContainEqual(expect.stringContaining(problem));
  });

  it('is planted against at least once', () => {
    expect(Object.keys(houseRules).filter((name) => !FAULTS.some(([rule]) => rule === name))).toEqual([]);
  });
});
