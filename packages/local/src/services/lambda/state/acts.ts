import type { Act } from '../../../core/access.ts';
import type { Caller } from '../../../core/aws-call.ts';
import type { World } from '../../../core/world.ts';
import { parseFunctionAddress } from './function-address.ts';
import type { LambdaFunction } from './lambda-function.ts';

/** A function, as its role acts for it. */
export const roleOf = ({ roleArn: principal, name: functionName }: LambdaFunction): Caller => ({
  principal,
  functionName,
});

/** The ARN that policies name: with the alias or version through which a function is called. */
export const qualifiedArn = ({ partition, region, account }: World, nameOrArn: string, qualifier?: string): string => {
  const address = parseFunctionAddress(nameOrArn, qualifier);
  const arn = `arn:${partition}:lambda:${region}:${account}:function:${address.name}`;
  return address.qualifier === undefined ? arn : `${arn}:${address.qualifier}`;
};

export const invokeActs = (world: World, nameOrArn: string, qualifier?: string): readonly Act[] => [
  { action: 'lambda:InvokeFunction', resource: qualifiedArn(world, nameOrArn, qualifier) },
];

/** A function URL asks for both since October 2025. */
export const urlActs = (
  world: World,
  { functionName, qualifier, authType }: { functionName: string; qualifier: string | undefined; authType: string },
): readonly Act[] => {
  const resource = qualifiedArn(world, functionName, qualifier);
  const ofUrl = (key: string) => (key === 'lambda:functionurlauthtype' ? authType : undefined);
  const throughUrl = (key: string) => (key === 'lambda:invokedviafunctionurl' ? 'true' : ofUrl(key));
  return [
    { action: 'lambda:InvokeFunctionUrl', resource, context: ofUrl },
    { action: 'lambda:InvokeFunction', resource, context: throughUrl },
  ];
};

/** What the poller of a queue does for a function. */
export const receiveActs = (queueArn: string): readonly Act[] => [
  { action: 'sqs:ReceiveMessage', resource: queueArn },
  { action: 'sqs:GetQueueAttributes', resource: queueArn },
];

export const deleteActs = (queueArn: string): readonly Act[] => [{ action: 'sqs:DeleteMessage', resource: queueArn }];

/** What the poller of a stream does for a function. */
export const readActs = (streamArn: string): readonly Act[] =>
  ['DescribeStream', 'GetShardIterator', 'GetRecords', 'ListStreams'].map((name) => ({
    action: `dynamodb:${name}`,
    resource: streamArn,
  }));

/** What an environment does to write a line. */
export const logActs = (
  { partition, region, account }: World,
  { logging }: LambdaFunction,
  environmentId: string,
): readonly Act[] => {
  const resource = `arn:${partition}:logs:${region}:${account}:log-group:${logging.group}:log-stream:${environmentId}`;
  return [
    { action: 'logs:CreateLogStream', resource },
    { action: 'logs:PutLogEvents', resource },
  ];
};

/** What Lambda does for a function whose tracing is active. */
export const TRACE_ACTS: readonly Act[] = [
  { action: 'xray:PutTraceSegments', resource: '*' },
  { action: 'xray:PutTelemetryRecords', resource: '*' },
];

/** What Lambda does to put a function into a network: https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html */
export const NETWORK_ACTS: readonly Act[] = [
  ...['CreateNetworkInterface', 'DescribeNetworkInterfaces', 'DescribeSubnets'],
  ...['DeleteNetworkInterface', 'AssignPrivateIpAddresses', 'UnassignPrivateIpAddresses'],
].map((name) => ({ action: `ec2:${name}`, resource: '*' }));
