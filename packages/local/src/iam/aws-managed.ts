import type { JsonObject } from '../core/json.ts';

const allow = (...actions: readonly string[]): JsonObject => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }],
});

const LOGS = ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'];

/** AWS Managed Policy Reference Guide: those that roles of functions and tasks have most often. */
const DOCUMENTS: Readonly<Record<string, JsonObject>> = {
  AdministratorAccess: allow('*'),
  'service-role/AWSLambdaBasicExecutionRole': allow(...LOGS),
  'service-role/AWSLambdaSQSQueueExecutionRole': allow(
    ...['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
    ...LOGS,
  ),
  'service-role/AWSLambdaDynamoDBExecutionRole': allow(
    ...['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'dynamodb:ListStreams'],
    ...LOGS,
  ),
  'service-role/AWSLambdaVPCAccessExecutionRole': allow(
    ...LOGS,
    ...['ec2:CreateNetworkInterface', 'ec2:DescribeNetworkInterfaces', 'ec2:DescribeSubnets'],
    ...['ec2:DeleteNetworkInterface', 'ec2:AssignPrivateIpAddresses', 'ec2:UnassignPrivateIpAddresses'],
  ),
  'service-role/AmazonECSTaskExecutionRolePolicy': allow(
    ...['ecr:GetAuthorizationToken', 'ecr:BatchCheckLayerAvailability'],
    ...['ecr:GetDownloadUrlForLayer', 'ecr:BatchGetImage', 'logs:CreateLogStream', 'logs:PutLogEvents'],
  ),
  AWSXRayDaemonWriteAccess: allow(
    ...['xray:PutTraceSegments', 'xray:PutTelemetryRecords', 'xray:GetSamplingRules'],
    ...['xray:GetSamplingTargets', 'xray:GetSamplingStatisticSummaries'],
  ),
  AmazonDynamoDBFullAccess: allow('dynamodb:*'),
  AmazonSQSFullAccess: allow('sqs:*'),
  AmazonEventBridgeFullAccess: allow('events:*', 'schemas:*', 'scheduler:*'),
  AWSLambda_FullAccess: allow('lambda:*'),
};

/** What a managed policy of AWS says; undefined for one that is not known here. */
export const awsManaged = (arn: string): JsonObject | undefined => DOCUMENTS[arn.split(':aws:policy/')[1] ?? ''];
