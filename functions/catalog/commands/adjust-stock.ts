import type { Cause } from '../../kernel/messages/message.ts';
import {
  type IdempotencyTools,
  type IdempotentRequest,
  idempotent,
  requestInProgress,
  type StoredAnswer,
} from '../../kernel/stores/idempotency.ts';
import { notFound, type Refusal, Refused } from '../../kernel/values/errors.ts';
import { addStock, productKey } from '../rows/product-rows.ts';
import type { CatalogDeps } from './decide-reservation.ts';
import { saysSo } from './product-messages.ts';

export interface StockRequest<Product> {
  readonly request: IdempotentRequest;
  readonly sku: string;
  readonly delta: number;
  readonly cause: Cause;
  /** Throws Refused `not_found`. */
  readonly readProduct: () => Promise<Product>;
}

const belowZero: Refusal = {
  outcome: 'conflict',
  code: 'stock-below-zero',
  detail: 'The stock would go below zero.',
  fields: [{ pointer: '#/delta', detail: 'takes more than is available' }],
};

/**
 * Adds to the stock, or takes from it when `delta` is negative, once per Idempotency-Key: the answer lies in the same
 * commit. It counts from what was available just before. Throws Refused `not_found` or `conflict`.
 */
export const adjustStock = <Product extends { readonly available: number }>(
  deps: CatalogDeps & IdempotencyTools,
  { request, sku, delta, cause, readProduct }: StockRequest<Product>,
  answerTo: (product: Product) => StoredAnswer,
): Promise<StoredAnswer> =>
  idempotent(deps, request, async (idempotencyWrite) => {
    const before = await readProduct();
    const available = before.available + delta;
    if (available < 0) throw new Refused(belowZero);
    const answer = answerTo({ ...before, available });
    const result = await deps.table.commit([
      { kind: 'check', key: productKey(sku) },
      addStock(sku, delta, saysSo(cause, deps)),
      idempotencyWrite(answer),
    ]);
    if (result.kind === 'committed') return answer;
    if (result.refused.includes(2)) throw new Refused(requestInProgress);
    throw new Refused(result.refused.includes(0) ? notFound('product') : belowZero);
  });
