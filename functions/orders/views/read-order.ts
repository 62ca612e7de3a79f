import { notFound, Refused } from '../../kernel/values/errors.ts';
import type { JsonObject } from '../../kernel/values/json.ts';
import type { Principal } from '../../kernel/values/principal.ts';
import { orderDecider } from '../domain/order-decider.ts';
import type { OrderStore } from '../rows/order-stream.ts';
import { historyEntry } from './order-history.ts';
import { orderView } from './order-view.ts';

/**
 * Folds the stream with a consistent read, so that everyone reads their own writes: an order has a dozen events, and to
 * ask first whether the view is new enough would cost the same read. Throws Refused `not_found` for another's order.
 */
export const readOrder = async (
  store: OrderStore,
  { sub, isAdmin }: Principal,
  orderId: string,
): Promise<{ readonly version: number; readonly view: JsonObject }> => {
  const { state, version } = await store.load(orderId, orderDecider);
  if (state.kind === 'none' || (state.placed.userId !== sub && !isAdmin)) throw new Refused(notFound('order'));
  return { version, view: orderView(state, version) };
};

/** Oldest first. Throws Refused `not_found` for another's order. */
export const readHistory = async (
  store: OrderStore,
  { sub, isAdmin }: Principal,
  orderId: string,
): Promise<readonly JsonObject[]> => {
  const history = (await store.history(orderId)) ?? [];
  const [first] = history;
  if (first?.event.type !== 'OrderPlaced' || (first.event.userId !== sub && !isAdmin))
    throw new Refused(notFound('order'));
  return history.map(historyEntry);
};
