import { Stack } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { FilterRule } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { kebabName } from '../../../functions/kernel/messages/queue-name.ts';
import type { ServiceMessages } from '../../../functions/kernel/messages/service-messages.ts';
import { busName, queueName } from '../../config/names.ts';
import type { ServiceFunction } from '../functions/service-function.ts';
import type { Owner } from '../owner.ts';
import { StreamConsumer } from './stream-consumer.ts';

export interface OutboxRelayProps {
  readonly owner: Owner;
  /** The streamed table whose outbox rows leave. */
  readonly table: Table;
  readonly relay: ServiceFunction;
  /** The service's messages: events go to the bus, each command to the queue of the service that accepts it. */
  readonly messages: ServiceMessages;
}

const OUTBOX_INSERTS = {
  eventName: FilterRule.isEqual('INSERT'),
  dynamodb: { NewImage: { kind: { S: FilterRule.isEqual('outbox') } } },
};

/** What a commit put into the outbox leaves for the bus and the command queues, under the service's own name only. */
export class OutboxRelay extends Construct {
  constructor(scope: Construct, id: string, { owner, table, relay, messages }: OutboxRelayProps) {
    super(scope, id);
    const { prefix } = owner.stage;
    const stack = Stack.of(this);
    new StreamConsumer(this, 'Stream', { owner, table, consumer: relay, filter: OUTBOX_INSERTS });
    relay.allow(
      ['events:PutEvents'],
      [stack.formatArn({ service: 'events', resource: 'event-bus', resourceName: busName(prefix) })],
      { StringEquals: { 'events:source': owner.service } },
    );
    const { sends = [] } = messages;
    if (sends.length === 0) return;
    const queues = sends.map(({ service, type }) =>
      stack.formatArn({ service: 'sqs', resource: queueName(prefix, service, kebabName(type)) }),
    );
    relay.allow(['sqs:SendMessage', 'sqs:GetQueueUrl'], queues);
  }
}
