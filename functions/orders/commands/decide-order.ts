import type { Cause } from '../../kernel/messages/message.ts';
import type { Clock } from '../../kernel/ports/clock.ts';
import type { Change, Effect } from '../../kernel/stores/aggregate.ts';
import { handleCommand } from '../../kernel/stores/command-handler.ts';
import { streamOf } from '../../kernel/stores/stream.ts';
import type { Table } from '../../kernel/stores/table.ts';
import type { Ids } from '../../kernel/values/ids.ts';
import type { Precondition } from '../../kernel/values/precondition.ts';
import type { Order, OrderEvent } from '../domain/order.ts';
import type { OrderStore } from '../rows/order-stream.ts';
import { type FulfilmentCommand, fulfilment } from '../sagas/fulfilment.saga.ts';
import { orderMessages } from './order-messages.ts';

export interface OrderDeps {
  /** The event table: streams, customers and idempotency rows. */
  readonly table: Table;
  readonly store: OrderStore;
  readonly clock: Clock;
  readonly ids: Ids;
  /** How long an order waits for its stock and its payment before it is given up. */
  readonly patienceSeconds: number;
}

export type OrderChange = Change<OrderEvent, Order>;

export interface OrderRequest {
  readonly orderId: string;
  readonly command: FulfilmentCommand;
  readonly cause: Cause;
  readonly precondition?: Precondition;
  readonly also?: (change: OrderChange) => readonly Effect[];
}

/** Decides over one order and commits events, messages and effects together. Throws Refused. */
export const decideOrder = (
  deps: OrderDeps,
  { orderId, cause, command, precondition, also }: OrderRequest,
): Promise<Change<OrderEvent, Order>> =>
  handleCommand({
    aggregate: streamOf({ store: deps.store, decider: fulfilment, streamId: orderId, cause, clock: deps.clock }),
    command: () => command,
    precondition,
    publish: (change) => orderMessages(change, cause, deps),
    ...(also && { also }),
  });
