import { notFound, Refused } from '../../kernel/values/errors.ts';
import type { JsonObject } from '../../kernel/values/json.ts';
import type { Principal } from '../../kernel/values/principal.ts';
import { type Wait, waitsIn } from '../domain/open-waits.ts';
import type { OrderStore } from '../rows/order-stream.ts';
import { historyEntry } from './order-history.ts';
import { orderView } from './order-view.ts';

export const waitShown = ({ step, since, attempt, asksAgainAt }: Wait): JsonObject => ({
  step,
  since,
  asked: attempt + 1,
  asksAgainAt,
});

/**
 * Folds the stream with a consistent read, so that everyone reads their own writes: an order has a dozen events, and to
 * ask first whether the view is new enough would cost the same read. Throws Refused `not_found` for another's order.
 */
export const readOrder = async (
  store: OrderStore,
  { sub, isAdmin }: Principal,
  orderId: string,
): Promise<{ readonly version: number; readonly view: JsonObject }> => {
  const history = (await store.history(orderId)) ?? [];
  const { order, waits } = waitsIn(history);
  if (order === undefined || (order.placed.userId !== sub && !isAdmin)) throw new Refused(notFound('order'));
  const version = history.at(-1)?.version ?? 0;
  return { version, view: { ...orderView(order, version), ...(waits.length > 0 && { waits: waits.map(waitShown) }) } };
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
