import type { Table } from '../../kernel/stores/table.ts';
import { contended, Refused } from '../../kernel/values/errors.ts';
import { orderDecider } from '../domain/order-decider.ts';
import { viewKey, viewWrite } from '../rows/order-rows.ts';
import type { OrderStore } from '../rows/order-stream.ts';
import { orderView } from './order-view.ts';

/** Two projectors of one order can meet only while a shard is being split; each round one of them ends. */
const ATTEMPTS = 5;

/**
 * Brings an order's view up to its stream. It projects what the stream holds now and never moves a view back, so that
 * events may be delivered twice, late or in any order, and a rebuild is this for every order.
 */
export const projectOrder = async (
  { store, views }: { readonly store: OrderStore; readonly views: Table },
  orderId: string,
): Promise<void> => {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const { state, version } = await store.load(orderId, orderDecider);
    if (state.kind === 'none') return;
    const { userId } = state.placed;
    const row = await views.get(viewKey(userId, orderId), { consistent: true });
    const inPlace = typeof row?.version === 'number' ? row.version : undefined;
    if (inPlace !== undefined && inPlace >= version) return;
    const result = await views.commit([viewWrite(userId, orderView(state, version), inPlace)]);
    if (result.kind === 'committed') return;
  }
  throw new Refused(contended);
};
