import type { Table } from '../../kernel/stores/table.ts';
import { notFound, Refused } from '../../kernel/values/errors.ts';
import type { JsonObject } from '../../kernel/values/json.ts';
import { waitsIn } from '../domain/open-waits.ts';
import { openOrders } from '../rows/open-orders.ts';
import type { OrderStore } from '../rows/order-stream.ts';
import { historyEntry, type PastEvent } from './order-history.ts';
import { orderView } from './order-view.ts';
import { waitShown } from './read-order.ts';

interface Reads {
  readonly store: Pick<OrderStore, 'history'>;
  readonly views: Pick<Table, 'query'>;
}

const LANES = 10;

const shortly = async (store: Reads['store'], orderId: string): Promise<JsonObject> => {
  const history = (await store.history(orderId)) ?? [];
  const { order, waits } = waitsIn(history);
  if (order === undefined) return { id: orderId, status: 'UNKNOWN', waits: [] };
  const { status, placedAt } = orderView(order, 0);
  return { id: orderId, status, placedAt, customer: order.placed.userId, waits: waits.map(waitShown) };
};

/**
 * The open orders, oldest first, each as its stream has it: one without waits is final, and its view is behind. `open` is
 * how many there are.
 */
export const listOpen = async ({ store, views }: Reads, limit: number): Promise<JsonObject> => {
  const open = await openOrders(views);
  const orders: JsonObject[] = [];
  const listed = open.slice(0, limit);
  for (let done = 0; done < listed.length; done += LANES) {
    const lot = listed.slice(done, done + LANES);
    orders.push(...(await Promise.all(lot.map(({ orderId }) => shortly(store, orderId)))));
  }
  return { open: open.length, orders };
};

const byHandIn = ({ event }: PastEvent): JsonObject => {
  if (!('byHand' in event) || event.byHand === undefined) return {};
  return { byHand: { ...event.byHand } };
};

const stepIn = ({ event }: PastEvent): JsonObject =>
  event.type === 'StepAskedAgain' ? { step: event.step, attempt: event.attempt } : {};

/** All that is known of one order, but for the payment token. Throws Refused `not_found`. */
export const showOrder = async ({ store }: Reads, orderId: string): Promise<JsonObject> => {
  const history = (await store.history(orderId)) ?? [];
  const { order, waits } = waitsIn(history);
  if (order === undefined) throw new Refused(notFound('order'));
  return {
    order: orderView(order, history.at(-1)?.version ?? 0),
    customer: order.placed.userId,
    waits: waits.map(waitShown),
    history: history.map((past) => ({ ...historyEntry(past), ...stepIn(past), ...byHandIn(past) })),
  };
};
