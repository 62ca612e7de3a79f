import type { Json } from '@archipelago/house-rules';

// Pieces of templates, right as they are: a test plants its fault in one of them.

type Properties = Readonly<Record<string, Json>>;

export const policy = (statement: Properties) => ({
  Type: 'AWS::IAM::Policy',
  Properties: { Roles: [{ Ref: 'Role' }], PolicyDocument: { Statement: [{ Effect: 'Allow', ...statement }] } },
});
export const role = { Type: 'AWS::IAM::Role', Properties: {} };
export const fn = (properties: Properties = {}) => ({
  Type: 'AWS::Lambda::Function',
  Properties: {
    Runtime: 'nodejs24.x',
    TracingConfig: { Mode: 'Active' },
    Architectures: ['arm64'],
    FunctionName: 'f',
    MemorySize: 512,
    Timeout: 10,
    LoggingConfig: { LogGroup: { Ref: 'Logs' } },
    Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
    ...properties,
  },
});
/** An ARN that names a resource, as CDK joins it. */
export const arnText = (service: string, resource: string) => ({
  'Fn::Join': ['', [`arn:aws:${service}:`, { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' }, `:${resource}`]],
});
export const alias = { Type: 'AWS::Lambda::Alias', Properties: { FunctionName: { Ref: 'Fn' } } };
export const queue = (properties: Properties = {}) => ({ Type: 'AWS::SQS::Queue', Properties: properties });
export const arn = (logicalId: string) => ({ 'Fn::GetAtt': [logicalId, 'Arn'] });
export const alarm = (properties: Properties) => ({ Type: 'AWS::CloudWatch::Alarm', Properties: properties });
const fires = { ComparisonOperator: 'GreaterThanOrEqualToThreshold', Threshold: 1 };
export const queueAlarm = (name: string, properties: Properties = {}) =>
  alarm({
    MetricName: 'ApproximateNumberOfMessagesVisible',
    Dimensions: [{ Name: 'QueueName', Value: name }],
    ...fires,
    ...properties,
  });
export const functionAlarm = (metric: string, ...more: readonly Json[]) =>
  alarm({ MetricName: metric, Dimensions: [{ Name: 'FunctionName', Value: 'f' }, ...more], ...fires });
export const mapping = (properties: Properties) => ({
  Type: 'AWS::Lambda::EventSourceMapping',
  Properties: properties,
});
export const streamMapping = (properties: Properties) =>
  mapping({
    EventSourceArn: { 'Fn::GetAtt': ['Table', 'StreamArn'] },
    FunctionName: { Ref: 'Alias' },
    StartingPosition: 'TRIM_HORIZON',
    FunctionResponseTypes: ['ReportBatchItemFailures'],
    BisectBatchOnFunctionError: true,
    MaximumRetryAttempts: 3,
    MaximumRecordAgeInSeconds: 3600,
    DestinationConfig: { OnFailure: { Destination: arn('Lost') } },
    ...properties,
  });
export const queueMapping = (properties: Properties) =>
  mapping({
    EventSourceArn: arn('Queue'),
    FunctionName: { Ref: 'Alias' },
    FunctionResponseTypes: ['ReportBatchItemFailures'],
    ScalingConfig: { MaximumConcurrency: 2 },
    ...properties,
  });
export const table = (properties: Properties = {}) => ({
  Type: 'AWS::DynamoDB::Table',
  DeletionPolicy: 'Retain',
  Properties: {
    SSESpecification: { SSEEnabled: true },
    PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    DeletionProtectionEnabled: true,
    TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
    ...properties,
  },
});
/** What becomes of events that the function behind `live` fails on. */
export const eventSettings = (properties: Properties) => ({
  Type: 'AWS::Lambda::EventInvokeConfig',
  Properties: {
    FunctionName: 'f',
    Qualifier: 'live',
    MaximumEventAgeInSeconds: 3600,
    DestinationConfig: { OnFailure: { Destination: arn('Queue') } },
    ...properties,
  },
});
export const rule = (target: Properties) => ({ Type: 'AWS::Events::Rule', Properties: { Targets: [target] } });
export const route = (properties: Properties) => ({ Type: 'AWS::ApiGatewayV2::Route', Properties: properties });
export const permission = (properties: Properties) => ({ Type: 'AWS::Lambda::Permission', Properties: properties });
export const stage = (format: string) => ({
  Type: 'AWS::ApiGatewayV2::Stage',
  Properties: { AccessLogSettings: { Format: format } },
});
export const integration = (properties: Properties) => ({
  Type: 'AWS::ApiGatewayV2::Integration',
  Properties: properties,
});
/** A rule that invokes a function, and all that this needs. */
export const invoked = {
  Rule: rule({ Arn: { Ref: 'Alias' } }),
  Alias: { ...alias, Properties: { ...alias.Properties, Name: 'live' } },
  Permission: permission({ Principal: 'events.amazonaws.com', FunctionName: { Ref: 'Alias' } }),
  Settings: eventSettings({ MaximumRetryAttempts: 0 }),
  Fn: fn(),
  Role: role,
  Policy: policy({ Action: 'sqs:SendMessage', Resource: arn('Queue') }),
};
