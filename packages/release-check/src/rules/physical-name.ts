import { type Json, type Resource, referredIn } from '@archipelago/house-rules';

/** What tells apart the resources of a type within an account and region, where templates give it. */
const NAMED_BY: Readonly<Record<string, readonly string[]>> = {
  'AWS::ApiGatewayV2::Api': ['Name'],
  'AWS::ApiGatewayV2::Route': ['ApiId', 'RouteKey'],
  'AWS::ApiGatewayV2::Stage': ['ApiId', 'StageName'],
  'AWS::CloudWatch::Alarm': ['AlarmName'],
  'AWS::CloudWatch::Dashboard': ['DashboardName'],
  'AWS::CodeDeploy::Application': ['ApplicationName'],
  'AWS::CodeDeploy::DeploymentGroup': ['ApplicationName', 'DeploymentGroupName'],
  'AWS::Cognito::UserPoolDomain': ['Domain'],
  'AWS::Cognito::UserPoolGroup': ['UserPoolId', 'GroupName'],
  'AWS::Cognito::UserPoolResourceServer': ['UserPoolId', 'Identifier'],
  'AWS::DynamoDB::GlobalTable': ['TableName'],
  'AWS::DynamoDB::Table': ['TableName'],
  'AWS::Events::Archive': ['ArchiveName'],
  'AWS::Events::EventBus': ['Name'],
  'AWS::Events::Rule': ['EventBusName', 'Name'],
  'AWS::Kinesis::Stream': ['Name'],
  'AWS::Lambda::Alias': ['FunctionName', 'Name'],
  'AWS::Lambda::Function': ['FunctionName'],
  'AWS::Logs::LogGroup': ['LogGroupName'],
  'AWS::S3::Bucket': ['BucketName'],
  'AWS::SNS::Topic': ['TopicName'],
  'AWS::SQS::Queue': ['QueueName'],
  'AWS::SSM::Parameter': ['Name'],
  'AWS::Scheduler::Schedule': ['GroupName', 'Name'],
  'AWS::SecretsManager::Secret': ['Name'],
  'AWS::ServiceDiscovery::HttpNamespace': ['Name'],
  'AWS::ServiceDiscovery::Service': ['NamespaceId', 'Name'],
};

/** A logical id means something within its own stack only. */
const isOfTheStack = (value: Json | undefined): boolean => referredIn(value).some((id) => !id.startsWith('AWS::'));

/** The same text for the same resource of an account, whichever stack and logical id it has; undefined when unnamed. */
export const physicalName = (stack: string, { type, properties }: Resource): string | undefined => {
  const names = NAMED_BY[type]?.map((property) => properties[property]);
  if (names?.at(-1) === undefined) return undefined;
  return JSON.stringify([...(names.some(isOfTheStack) ? [stack] : []), type, ...names]);
};

/** How a person would call it: its type, and its name where that is plain text. */
export const describeResource = ({ type, logicalId, properties }: Resource): string => {
  const name = properties[NAMED_BY[type]?.at(-1) ?? ''];
  return typeof name === 'string' ? `${type} '${name}'` : `${type} ${logicalId}`;
};
