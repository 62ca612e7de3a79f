import { ACCOUNT, variable, type Written } from './decide.ts';
import { ALLOWED, type Documented, SILENT, user } from './documented.ts';

const condition = (operator: string, key: string, wanted: string | readonly string[]): Written => [
  { Effect: 'Allow', Action: 'x:Do', Resource: '*', Condition: { [operator]: { [key]: wanted } } },
];

type Row = readonly [
  operator: string,
  key: string,
  wanted: string | readonly string[],
  given: string | readonly string[] | undefined,
  says: string,
];

const arnOfTopic = 'arn:aws:sns:us-east-1:123456789012:orders';

/** One row for each of what "Condition operators" says of an operator. */
const operatorRows: readonly Row[] = [
  ['StringEquals', 'aws:PrincipalTag/job-category', 'iamuser-admin', 'iamuser-admin', ALLOWED],
  ['StringEquals', 'aws:PrincipalTag/job-category', 'iamuser-admin', 'IamUser-Admin', SILENT],
  ['StringEquals', 'aws:PrincipalTag/job-category', 'iamuser-admin', undefined, SILENT],
  ['StringEquals', 'aws:principaltag/JOB', 'a', 'a', ALLOWED],
  ['StringEquals', 'ec2:region', ['eu-west-1', 'eu-west-2'], 'eu-west-2', ALLOWED],
  ['StringEquals', 's3:prefix', 'home/*', 'home/a', SILENT],
  ['StringEqualsIgnoreCase', 'aws:PrincipalTag/job', 'Admin', 'aDMIN', ALLOWED],
  ['StringNotEquals', 'aws:PrincipalTag/job', ['a', 'b'], 'c', ALLOWED],
  ['StringNotEquals', 'aws:PrincipalTag/job', ['a', 'b'], 'b', SILENT],
  ['StringNotEquals', 'aws:PrincipalTag/job', 'a', undefined, ALLOWED],
  ['StringLike', 's3:prefix', ['', 'home/', `home/${variable('aws:username')}/*`], '', ALLOWED],
  ['StringLike', 's3:prefix', 'home/?', 'home/ab', SILENT],
  ['StringLike', 's3:prefix', variable('*'), 'a', SILENT],
  ['StringLike', 's3:prefix', variable('*'), '*', ALLOWED],
  ['StringNotLike', 's3:prefix', 'home/*', 'logs/a', ALLOWED],
  ['NumericLessThanEquals', 's3:max-keys', '10', '10', ALLOWED],
  ['NumericLessThanEquals', 's3:max-keys', '10', '11', SILENT],
  ['NumericLessThan', 's3:max-keys', '10', '9.5', ALLOWED],
  ['NumericGreaterThan', 's3:max-keys', '10', 'many', SILENT],
  ['NumericNotEquals', 's3:max-keys', '10', '9', ALLOWED],
  ['DateGreaterThan', 'aws:TokenIssueTime', '2020-01-01T00:00:01Z', '2020-01-01T00:00:02Z', ALLOWED],
  ['DateGreaterThan', 'aws:TokenIssueTime', '2020-01-01T00:00:01Z', '1577836800', SILENT],
  ['DateLessThan', 'aws:CurrentTime', '2020-01-01T00:00:01Z', '2020-01-01T00:00:00Z', ALLOWED],
  ['Bool', 'aws:SecureTransport', 'true', 'true', ALLOWED],
  ['Bool', 'aws:SecureTransport', 'true', 'false', SILENT],
  ['Bool', 'aws:SecureTransport', 'false', undefined, SILENT],
  ['BinaryEquals', 'x:key', 'QmluYXJ5VmFsdWVJbkJhc2U2NA==', 'QmluYXJ5VmFsdWVJbkJhc2U2NA==', ALLOWED],
  ['IpAddress', 'aws:SourceIp', '203.0.113.0/24', '203.0.113.7', ALLOWED],
  ['IpAddress', 'aws:SourceIp', '203.0.113.0/24', '203.0.114.7', SILENT],
  ['IpAddress', 'aws:SourceIp', ['203.0.113.0/24', '2001:DB8:1234:5678::/64'], '2001:db8:1234:5678::1', ALLOWED],
  ['IpAddress', 'aws:SourceIp', '203.0.113.7', '203.0.113.7', ALLOWED],
  ['NotIpAddress', 'aws:SourceIp', '203.0.113.0/24', '203.0.113.7', SILENT],
  ['NotIpAddress', 'aws:SourceIp', '203.0.113.0/24', '198.51.100.1', ALLOWED],
  ['ArnEquals', 'aws:SourceArn', arnOfTopic, arnOfTopic, ALLOWED],
  ['ArnEquals', 'aws:SourceArn', 'arn:aws:sns:*:123456789012:*', arnOfTopic, ALLOWED],
  ['ArnLike', 'aws:SourceArn', 'arn:aws:sns:*:orders', arnOfTopic, SILENT],
  ['ArnLike', 'aws:SourceArn', 'arn:aws:sns:us-????-1:123456789012:order*', arnOfTopic, ALLOWED],
  ['ArnNotLike', 'aws:SourceArn', 'arn:aws:sns:*:123456789012:*', arnOfTopic, SILENT],
  ['Null', 'aws:TokenIssueTime', 'true', undefined, ALLOWED],
  ['Null', 'aws:TokenIssueTime', 'true', '2020-01-01T00:00:00Z', SILENT],
  ['Null', 'aws:TokenIssueTime', 'false', '2020-01-01T00:00:00Z', ALLOWED],
  ['StringLikeIfExists', 'ec2:InstanceType', ['t1.*', 't2.*'], undefined, ALLOWED],
  ['StringLikeIfExists', 'ec2:InstanceType', ['t1.*', 't2.*'], 'm3.large', SILENT],
  ['ForAllValues:StringEquals', 'aws:TagKeys', ['env', 'cost'], ['env', 'cost'], ALLOWED],
  ['ForAllValues:StringEquals', 'aws:TagKeys', ['env', 'cost'], ['env', 'team'], SILENT],
  ['ForAllValues:StringEquals', 'aws:TagKeys', ['env', 'cost'], [], ALLOWED],
  ['ForAllValues:StringEquals', 'aws:TagKeys', ['env', 'cost'], undefined, ALLOWED],
  ['ForAnyValue:StringEquals', 'aws:TagKeys', ['env', 'cost'], ['team', 'env'], ALLOWED],
  ['ForAnyValue:StringEquals', 'aws:TagKeys', ['env', 'cost'], ['team'], SILENT],
  ['ForAnyValue:StringEquals', 'aws:TagKeys', ['env', 'cost'], undefined, SILENT],
  ['ForAllValues:StringNotLike', 'aws:TagKeys', 'key1*', ['key1:hr', 'key1:personnel'], SILENT],
  ['ForAllValues:StringNotLike', 'aws:TagKeys', 'key1*', ['key2:audit'], ALLOWED],
  ['ForAnyValue:StringNotLike', 'aws:TagKeys', 'key1*', ['key1:hr', 'key2:audit'], ALLOWED],
];

const operators: readonly Documented[] = operatorRows.map(([operator, key, wanted, given, says]) => ({
  page: 'reference_policies_elements_condition_operators',
  identity: condition(operator, key, wanted),
  action: 'x:Do',
  ...(given !== undefined && { context: { [key]: given } }),
  says,
}));

const scores = `arn:aws:dynamodb:us-west-2:${ACCOUNT}:table/GameScores`;
const leading: Written = [
  {
    Effect: 'Allow',
    Action: ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:PutItem'],
    Resource: [scores],
    Condition: { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': [variable('www.amazon.com:user_id')] } },
  },
];
const transactions: Written = [
  {
    Effect: 'Allow',
    Action: [
      'dynamodb:ConditionCheckItem',
      'dynamodb:PutItem',
      'dynamodb:UpdateItem',
      'dynamodb:DeleteItem',
      'dynamodb:GetItem',
    ],
    Resource: [scores],
    Condition: {
      'ForAnyValue:StringEquals': { 'dynamodb:EnclosingOperation': ['TransactWriteItems', 'TransactGetItems'] },
    },
  },
];

const services: readonly Documented[] = [
  ...[
    { context: { 'www.amazon.com:user_id': 'Ann', 'dynamodb:LeadingKeys': ['Ann'] }, says: ALLOWED },
    { context: { 'www.amazon.com:user_id': 'Ann', 'dynamodb:LeadingKeys': ['Ann', 'Bob'] }, says: SILENT },
    { context: { 'dynamodb:LeadingKeys': ['Ann'] }, says: SILENT },
  ].map((each) => ({
    page: 'amazondynamodb/specifying-conditions',
    identity: leading,
    action: 'dynamodb:Query',
    on: scores,
    ...each,
  })),
  ...[
    { context: { 'dynamodb:EnclosingOperation': 'TransactWriteItems' }, says: ALLOWED },
    { context: { 'dynamodb:EnclosingOperation': 'BatchWriteItem' }, says: SILENT },
    { says: SILENT },
  ].map((each) => ({
    page: 'amazondynamodb/transaction-apis-iam',
    identity: transactions,
    action: 'dynamodb:PutItem',
    on: scores,
    ...each,
  })),
  ...[
    { by: { kind: 'service', name: 'events.amazonaws.com' } as const, from: 'rule/nightly', says: ALLOWED },
    { by: { kind: 'service', name: 'events.amazonaws.com' } as const, from: 'rule/hourly', says: 'resource: silent' },
    { by: { kind: 'service', name: 'sns.amazonaws.com' } as const, from: 'rule/nightly', says: 'resource: silent' },
    { by: user('mary'), from: 'rule/nightly', says: SILENT },
  ].map(({ from, ...each }) => ({
    page: 'eventbridge/eb-use-resource-based',
    resource: [
      {
        Effect: 'Allow',
        Principal: { Service: 'events.amazonaws.com' },
        Action: 'sqs:SendMessage',
        Resource: `arn:aws:sqs:us-east-1:${ACCOUNT}:jobs`,
        Condition: { ArnEquals: { 'aws:SourceArn': `arn:aws:events:us-east-1:${ACCOUNT}:rule/nightly` } },
      },
    ],
    action: 'sqs:SendMessage',
    on: `arn:aws:sqs:us-east-1:${ACCOUNT}:jobs`,
    context: { 'aws:SourceArn': `arn:aws:events:us-east-1:${ACCOUNT}:${from}` },
    ...each,
  })),
];

/** Of the page on operators, and of the developer guides that use them. */
export const documentedConditions: readonly Documented[] = [...operators, ...services];
