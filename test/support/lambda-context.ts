import type { Context } from 'aws-lambda';

/** What Lambda hands a function beside the event. */
export const lambdaContext = (remainingMs = 10_000): Context => ({
  callbackWaitsForEmptyEventLoop: true,
  functionName: 'test',
  functionVersion: '1',
  invokedFunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:test:live',
  memoryLimitInMB: '256',
  awsRequestId: '8f507cfc-e1a2-4a8f-9d3f-0d6c8e8f7a10',
  logGroupName: '/aws/lambda/test',
  logStreamName: '2026/01/01/[1]abc',
  getRemainingTimeInMillis: () => remainingMs,
  done: () => {},
  fail: () => {},
  succeed: () => {},
});
