import { FilterRule } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { ServiceFunction } from '../functions/service-function.ts';
import { StreamConsumer } from '../messages/stream-consumer.ts';
import type { Owner } from '../owner.ts';
import type { EventStore } from './event-store.ts';
import type { ServiceTable } from './service-table.ts';

export interface EventProjectionProps {
  readonly owner: Owner;
  readonly events: EventStore;
  readonly views: ServiceTable;
  readonly projector: ServiceFunction;
}

const EVENT_INSERTS = {
  eventName: FilterRule.isEqual('INSERT'),
  dynamodb: { NewImage: { kind: { S: FilterRule.isEqual('event') } } },
};

/** Every event of the store, in order by stream, into views. The projector can write nothing else and publish nothing. */
export class EventProjection extends Construct {
  constructor(scope: Construct, id: string, { owner, events, views, projector }: EventProjectionProps) {
    super(scope, id);
    new StreamConsumer(this, 'Stream', { owner, table: events.table, consumer: projector, filter: EVENT_INSERTS });
    views.grantCommand(projector);
  }
}
