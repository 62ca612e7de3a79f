import { Duration } from 'aws-cdk-lib';
import { EventBus, Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { Construct } from 'constructs';
import type { MessageContract } from '../../../functions/kernel/messages/contract.ts';
import { busName } from '../../config/names.ts';
import type { ServiceFunction } from '../functions/service-function.ts';
import type { Owner } from '../owner.ts';
import { ConsumedQueue } from './consumed-queue.ts';
import { DeadLetterQueue } from './dead-letter-queue.ts';

export interface EventSubscriptionProps {
  readonly owner: Owner;
  readonly events: readonly MessageContract[];
  readonly consumer: ServiceFunction;
}

const distinct = (values: readonly string[]): string[] => [...new Set(values)].sort();

/** Events from the bus, through a queue of the subscriber's own, to one function; nothing on the way loses one silently. */
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
      meaning: `The bus could not put an event into the queue of ${consumer.functionName} for a day.`,
      page: 'event-target-dead-letters',
    });
    new Rule(this, 'Rule', {
      ruleName: `${prefix}-${owner.service}-${consumer.name}`,
      eventBus: EventBus.fromEventBusName(this, 'Bus', busName(prefix)),
      eventPattern: {
        source: distinct(events.map(({ service }) => service)),
        detailType: distinct(events.map(({ type }) => type)),
      },
      targets: [
        new SqsQueue(queue, {
          deadLetterQueue: undelivered.queue,
          retryAttempts: 185,
          maxEventAge: Duration.hours(24),
        }),
      ],
    });
  }
}
