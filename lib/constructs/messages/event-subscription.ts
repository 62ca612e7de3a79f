import { Duration, Stack } from 'aws-cdk-lib';
import { EventBus, type IRuleTarget, Rule } from 'aws-cdk-lib/aws-events';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnPermission } from 'aws-cdk-lib/aws-lambda';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { MessageContract } from '../../../functions/kernel/messages/contract.ts';
import { busName } from '../../config/names.ts';
import { passOnFailures } from '../functions/pass-on-failures.ts';
import type { ServiceFunction } from '../functions/service-function.ts';
import type { Owner } from '../owner.ts';
import { RunbookAlarm } from '../runbook-alarm.ts';
import { ConsumedQueue } from './consumed-queue.ts';
import { DeadLetterQueue } from './dead-letter-queue.ts';

export interface EventSubscriptionProps {
  readonly owner: Owner;
  readonly events: readonly MessageContract[];
  readonly consumer: ServiceFunction;
}

/** The most that Lambda takes: for so long it invokes a throttled function again before it passes the event on. */
const LONGEST_WAIT = Duration.hours(6);

const distinct = (values: readonly string[]): string[] => [...new Set(values)].sort();

const letIn = (queue: Queue, ruleArn: string): void => {
  queue.addToResourcePolicy(
    new PolicyStatement({
      actions: ['sqs:SendMessage'],
      principals: [new ServicePrincipal('events.amazonaws.com')],
      resources: [queue.queueArn],
      conditions: { ArnEquals: { 'aws:SourceArn': ruleArn } },
    }),
  );
};

/**
 * Events from the bus straight to one function. What it fails on comes back to it through a queue of its own, later each
 * time; nothing on the way loses an event silently.
 */
export class EventSubscription extends Construct {
  constructor(scope: Construct, id: string, { owner, events, consumer }: EventSubscriptionProps) {
    super(scope, id);
    const command = events.find(({ kind }) => kind !== 'event');
    if (command) throw new Error(`${command.type} is not an event`);
    const { prefix } = owner.stage;
    const { queue } = new ConsumedQueue(this, 'Queue', { owner, what: `${consumer.name}-events`, consumer });
    const undelivered = new DeadLetterQueue(this, 'Undelivered', {
      owner,
      what: `${consumer.name}-events-undelivered`,
      meaning: `The bus could not hand an event to ${consumer.functionName} for a day.`,
      page: 'event-target-dead-letters',
    });
    const ruleName = `${prefix}-${owner.service}-${consumer.name}`;
    const ruleArn = Stack.of(this).formatArn({
      service: 'events',
      resource: 'rule',
      resourceName: `${busName(prefix)}/${ruleName}`,
    });
    const failures = passOnFailures(this, consumer, { queue, retries: 0, maximumAge: LONGEST_WAIT });
    const permission = new CfnPermission(this, 'Permission', {
      action: 'lambda:InvokeFunction',
      functionName: consumer.alias.functionArn,
      principal: 'events.amazonaws.com',
      sourceArn: ruleArn,
    });
    letIn(undelivered.queue, ruleArn);
    // The rule of an earlier release puts events into the queue itself, until it has been changed and after a rollback.
    letIn(queue, ruleArn);
    const target: IRuleTarget = {
      bind: () => ({
        arn: consumer.alias.functionArn,
        deadLetterConfig: { arn: undelivered.queue.queueArn },
        retryPolicy: { maximumRetryAttempts: 185, maximumEventAgeInSeconds: Duration.hours(24).toSeconds() },
      }),
    };
    const rule = new Rule(this, 'Rule', {
      ruleName,
      eventBus: EventBus.fromEventBusName(this, 'Bus', busName(prefix)),
      eventPattern: {
        source: distinct(events.map(({ service }) => service)),
        detailType: distinct(events.map(({ type }) => type)),
      },
      targets: [target],
    });
    // An event must find a version that can read it, the permission, and where it goes when it fails.
    rule.node.addDependency(permission, failures, undelivered.queue);
    new RunbookAlarm(this, 'LostAlarm', {
      owner,
      subject: `${consumer.name}-events-lost`,
      meaning: `Lambda could not put an event that ${consumer.functionName} failed on into its queue.`,
      page: 'event-target-dead-letters',
      namespace: 'AWS/Lambda',
      metricName: 'DestinationDeliveryFailures',
      dimensions: [{ name: 'FunctionName', value: consumer.functionName }],
      statistic: 'Sum',
      periodSeconds: 60,
      threshold: 1,
    });
  }
}
