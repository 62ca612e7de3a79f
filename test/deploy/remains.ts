import { PREFIX } from './deployment.ts';
import { ask, type RawRequest } from './raw-request.ts';

const LIVE = ['CREATE_COMPLETE', 'UPDATE_COMPLETE', 'UPDATE_ROLLBACK_COMPLETE', 'ROLLBACK_COMPLETE', 'DELETE_FAILED'];
const stackFilter = LIVE.map((status, index) => `&StackStatusFilter.member.${index + 1}=${status}`).join('');

/** A listing of everything that a stack of ours can make. */
const LISTINGS: readonly RawRequest[] = [
  { service: 'cloudformation', form: `Action=ListStacks&Version=2010-05-15${stackFilter}` },
  { service: 'dynamodb', target: 'DynamoDB_20120810.ListTables' },
  { service: 'sqs', target: 'AmazonSQS.ListQueues' },
  { service: 'lambda', path: '/2015-03-31/functions/' },
  { service: 'lambda', path: '/2015-03-31/event-source-mappings/' },
  { service: 'events', target: 'AWSEvents.ListEventBuses' },
  { service: 'events', target: 'AWSEvents.ListRules' },
  { service: 'servicediscovery', target: 'Route53AutoNaming_v20170314.ListNamespaces' },
  { service: 'ssm', target: 'AmazonSSM.GetParametersByPath', body: { Path: `/${PREFIX}`, Recursive: true } },
  { service: 'logs', target: 'Logs_20140328.DescribeLogGroups' },
  { service: 'apigateway', path: '/v2/apis' },
  { service: 'cognito-idp', target: 'AWSCognitoIdentityProviderService.ListUserPools', body: { MaxResults: 60 } },
  { service: 'iam', form: 'Action=ListRoles&Version=2010-05-08' },
  { service: 'monitoring', form: 'Action=DescribeAlarms&Version=2010-08-01' },
  { service: 'sns', form: 'Action=ListTopics&Version=2010-03-31' },
];

const NAMES = new RegExp(`/?${PREFIX}[\\w/-]*`, 'g');

const namesIn = async (endpoint: string, request: RawRequest): Promise<readonly string[]> => {
  const text = await ask(endpoint, request);
  return [...new Set(text.match(NAMES) ?? [])].map((name) => `${request.service} ${name}`);
};

/** Everything that bears the stage's prefix, as `<service> <name>`. */
export const remains = async (endpoint: string): Promise<readonly string[]> =>
  (await Promise.all(LISTINGS.map((listing) => namesIn(endpoint, listing)))).flat();
