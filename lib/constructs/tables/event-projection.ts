import { FilterRule } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { ServiceFunction } from '../functions/service-function.ts';
import { MeasureAlarm } from '../measure-alarm.ts';
import { StreamConsumer } from '../messages/stream-consumer.ts';
import type { Owner } from '../owner.ts';
import type { EventStore } from './event-store.ts';
import type { ServiceTable } from './service-table.ts';

export interface EventProjectionProps {
  readonly owner: Owner;
  readonly events: EventStore;
  readonly views: ServiceTable;
  readonly projector: ServiceFunction;
  /** The partitions of the views. */
  readonly partitions: readonly string[];
}

const EVENT = { kind: { S: FilterRule.isEqual('event') } };
const EVENT_INSERTS = { eventName: FilterRule.isEqual('INSERT'), dynamodb: { NewImage: EVENT } };
const EVENT_REWRITES = { eventName: FilterRule.or('MODIFY', 'REMOVE'), dynamodb: { OldImage: EVENT } };

/** One load and one write of a view then serve the events that an order has in this time; a list is late by as much. */
const GATHER_SECONDS = 2;

/**
 * Every event of the store, in order by stream, into views. The projector can write nothing else and publish nothing. It
 * also sees when an event was replaced or removed, which no commit of ours does: that sets off an alarm.
 */
export class EventProjection extends Construct {
  constructor(scope: Construct, id: string, { owner, events, views, projector, partitions }: EventProjectionProps) {
    super(scope, id);
    const filters = [EVENT_INSERTS, EVENT_REWRITES];
    const [table, gatherSeconds] = [events.table, GATHER_SECONDS];
    new StreamConsumer(this, 'Stream', { owner, table, consumer: projector, filters, gatherSeconds });
    views.grantCommand(projector, partitions);
    new MeasureAlarm(this, 'RewrittenAlarm', {
      owner,
      fn: projector,
      measure: 'rewritten',
      subject: 'history-rewritten',
      meaning: `An event of ${owner.service} was replaced or removed.`,
      page: 'history-rewritten',
      statistic: 'Sum',
      threshold: 1,
    });
  }
}
