import type { Refusal } from '../../kernel/values/errors.ts';
import { add, type Money, times } from '../../kernel/values/money.ts';
import type { OrderLine } from './order.ts';

type Total =
  | { readonly kind: 'total'; readonly total: Money }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

const refused = (code: string, detail: string, position: number, field: string): Total => ({
  kind: 'refused',
  refusal: { outcome: 'unprocessable', code, detail, fields: [{ pointer: `#/items/${position}/${field}`, detail }] },
});

/** Sums price × quantity in minor units; refuses a product named twice, mixed currencies and a sum beyond 2^53 − 1. */
export const totalOf = (items: readonly OrderLine[]): Total => {
  const [first] = items;
  if (!first) throw new Error('an order has at least one line');
  let total: Money = { amount: 0, currency: first.price.currency };
  for (const [position, { sku, quantity, price }] of items.entries()) {
    if (items.findIndex((line) => line.sku === sku) < position)
      return refused('duplicate-sku', 'A product may be named once; add up its quantity.', position, 'sku');
    if (price.currency !== total.currency)
      return refused('mixed-currencies', 'All products of an order must have one currency.', position, 'sku');
    if (!Number.isSafeInteger(total.amount + price.amount * quantity))
      return refused('total-too-large', 'The total of this order is too large.', position, 'quantity');
    total = add(total, times(price, quantity));
  }
  return { kind: 'total', total };
};
