import { Duration } from 'aws-cdk-lib';
import { CfnRule } from 'aws-cdk-lib/aws-events';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnPermission } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { passOnFailures } from './functions/pass-on-failures.ts';
import type { ServiceFunction } from './functions/service-function.ts';
import { DeadLetterQueue } from './messages/dead-letter-queue.ts';
import type { Owner } from './owner.ts';

export interface ScheduleProps {
  readonly owner: Owner;
  readonly target: ServiceFunction;
  readonly everyMinutes: number;
  /** The hours of the day, UTC, in which it runs: `2-5` is from 2:00 to 5:59. All when it is not said. */
  readonly hours?: string;
}

/** A run that comes too late is worth nothing: the next one does its work. */
const RETRIES = 2;

const expressionOf = (everyMinutes: number, hours: string | undefined): string => {
  if (hours !== undefined) return `cron(0/${everyMinutes} ${hours} * * ? *)`;
  return everyMinutes === 1 ? 'rate(1 minute)' : `rate(${everyMinutes} minutes)`;
};

/** Invokes a function at a steady pace; a run that cannot be started, or that always fails, is kept and reported. */
export class Schedule extends Construct {
  constructor(scope: Construct, id: string, { owner, target, everyMinutes, hours }: ScheduleProps) {
    super(scope, id);
    const maximumAge = Duration.minutes(everyMinutes);
    const { queue } = new DeadLetterQueue(this, 'Missed', {
      owner,
      what: `${target.name}-missed-runs`,
      meaning: `A scheduled run of ${target.functionName} could not be started or failed ${RETRIES + 1} times.`,
      page: 'event-target-dead-letters',
    });
    const rule = new CfnRule(this, 'Rule', {
      name: `${target.functionName}-schedule`,
      scheduleExpression: expressionOf(everyMinutes, hours),
      targets: [
        {
          id: 'function',
          arn: target.alias.functionArn,
          deadLetterConfig: { arn: queue.queueArn },
          retryPolicy: { maximumRetryAttempts: RETRIES, maximumEventAgeInSeconds: maximumAge.toSeconds() },
        },
      ],
    });
    new CfnPermission(this, 'Permission', {
      action: 'lambda:InvokeFunction',
      functionName: target.alias.functionArn,
      principal: 'events.amazonaws.com',
      sourceArn: rule.attrArn,
    });
    queue.addToResourcePolicy(
      new PolicyStatement({
        actions: ['sqs:SendMessage'],
        principals: [new ServicePrincipal('events.amazonaws.com')],
        resources: [queue.queueArn],
        conditions: { ArnEquals: { 'aws:SourceArn': rule.attrArn } },
      }),
    );
    passOnFailures(this, target, { queue, retries: RETRIES, maximumAge });
  }
}
