import { createEventStore, type EventStore, type StoredShapes } from '../../kernel/stores/event-store.ts';
import type { Table } from '../../kernel/stores/table.ts';
import { readAs, revisionOf } from '../../kernel/values/shape.ts';
import type { Order, OrderEvent } from '../domain/order.ts';
import { orderEvents } from './order-events.ts';
import { orderState } from './order-shapes.ts';

export type OrderStore = EventStore<OrderEvent, Order>;

export const orderShapes: StoredShapes<OrderEvent, Order> = {
  ...orderEvents,
  stateOf: (state) => readAs(orderState, state),
  revision: revisionOf(orderState.text, JSON.stringify(orderEvents.versions)),
};

export const createOrderStore = (table: Table): OrderStore => createEventStore(table, orderShapes);
