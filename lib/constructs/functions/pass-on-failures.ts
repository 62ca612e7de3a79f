import type { Duration } from 'aws-cdk-lib';
import { CfnEventInvokeConfig } from 'aws-cdk-lib/aws-lambda';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { ALIAS } from '../../config/names.ts';
import type { ServiceFunction } from './service-function.ts';

/** Where an event goes that a function was given without anything waiting for the answer, and failed on. */
export const passOnFailures = (
  scope: Construct,
  fn: ServiceFunction,
  { queue, retries, maximumAge }: { readonly queue: Queue; readonly retries: number; readonly maximumAge: Duration },
): CfnEventInvokeConfig => {
  fn.allow(['sqs:SendMessage'], [queue.queueArn]);
  const config = new CfnEventInvokeConfig(scope, 'Retries', {
    functionName: fn.functionName,
    qualifier: ALIAS,
    maximumRetryAttempts: retries,
    maximumEventAgeInSeconds: maximumAge.toSeconds(),
    destinationConfig: { onFailure: { destination: queue.queueArn } },
  });
  config.node.addDependency(fn.alias, fn.role);
  return config;
};
