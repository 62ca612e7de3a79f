import { Stack } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { FilterRule } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { kebabName } from '../../../functions/kernel/messages/queue-name.ts';
import type { ServiceMessages } from '../../../functions/kernel/messages/service-messages.ts';
import { DERIVED } from '../../../functions/kernel/stores/derived-messages.ts';
import { busName, queueName } from '../../config/names.ts';
import type { ServiceFunction } from '../functions/service-function.ts';
import { MeasureAlarm } from '../measure-alarm.ts';
import type { Owner } from '../owner.ts';
import { Schedule } from '../schedule.ts';
import { grantCatchingUp, grantParking, grantReadingParked } from '../tables/table-grants.ts';
import { StreamConsumer } from './stream-consumer.ts';

export interface OutboxRelayProps {
  readonly owner: Owner;
  /** The streamed table whose rows say what leaves. */
  readonly table: Table;
  readonly relay: ServiceFunction;
  /** Sends again what the relay could not send, and, asked for it, what the relay never saw. */
  readonly resend: ServiceFunction;
  /** The service's messages: events go to the bus, each command to the queue of the service that accepts it. */
  readonly messages: ServiceMessages;
}

/** Rows that say themselves what leaves. */
const DERIVED_MESSAGES = {
  eventName: FilterRule.or('INSERT', 'MODIFY'),
  dynamodb: { NewImage: { outbox: { S: FilterRule.isEqual(DERIVED) } } },
};

/** What an earlier release still writes while this one comes or goes. */
const OUTBOX_INSERTS = {
  eventName: FilterRule.isEqual('INSERT'),
  dynamodb: { NewImage: { kind: { S: FilterRule.isEqual('outbox') } } },
};

/** A parked message is sent again after a minute, then less often: this old, its destination is not just restarting. */
const PARKED_TOO_LONG_MS = 15 * 60_000;

/**
 * What the rows of a commit say leaves for the bus and the command queues, under the service's own name only. What
 * cannot be sent is parked in the table and sent again; nothing is given up.
 */
export class OutboxRelay extends Construct {
  constructor(scope: Construct, id: string, { owner, table, relay, resend, messages }: OutboxRelayProps) {
    super(scope, id);
    const { prefix } = owner.stage;
    const stack = Stack.of(this);
    new StreamConsumer(this, 'Stream', { owner, table, consumer: relay, filters: [DERIVED_MESSAGES, OUTBOX_INSERTS] });
    const bus = stack.formatArn({ service: 'events', resource: 'event-bus', resourceName: busName(prefix) });
    const queues = (messages.sends ?? []).map(({ service, type }) =>
      stack.formatArn({ service: 'sqs', resource: queueName(prefix, service, kebabName(type)) }),
    );
    for (const sender of [relay, resend]) {
      sender.allow(['events:PutEvents'], [bus], { StringEquals: { 'events:source': owner.service } });
      if (queues.length > 0) sender.allow(['sqs:SendMessage'], queues);
    }
    if (queues.length > 0) resend.allow(['sqs:GetQueueUrl'], queues);
    grantParking(table, relay, ['PutItem']);
    grantParking(table, resend, ['PutItem', 'DeleteItem']);
    grantReadingParked(table, resend);
    grantCatchingUp(table, resend);
    new Schedule(this, 'Resend', { owner, target: resend, everyMinutes: 1 });
    new MeasureAlarm(this, 'ParkedAlarm', {
      owner,
      fn: resend,
      measure: 'oldestParked',
      subject: 'messages-parked',
      meaning: `Messages of ${owner.service} have not been sent for ${PARKED_TOO_LONG_MS / 60_000} minutes and more.`,
      page: 'messages-parked',
      statistic: 'Maximum',
      threshold: PARKED_TOO_LONG_MS,
    });
    new MeasureAlarm(this, 'UnreadableAlarm', {
      owner,
      fn: relay,
      measure: 'unreadable',
      subject: 'messages-unreadable',
      meaning: `The relay of ${owner.service} put a row of its outbox aside because it cannot read it.`,
      page: 'messages-parked',
      statistic: 'Sum',
      threshold: 1,
    });
  }
}
