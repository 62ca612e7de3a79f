import { type Refusal, Refused } from '../../kernel/values/errors.ts';
import { add, type Money, times } from '../../kernel/values/money.ts';
import type { OrderLine } from './order.ts';

export interface Quote {
  readonly items: readonly { readonly sku: string; readonly price: Money }[];
  readonly unknown: readonly string[];
}

/** The lines asked for with the prices quoted. Throws Refused naming each line whose product is not sold. */
export const quotedLines = (
  asked: readonly { readonly sku: string; readonly quantity: number }[],
  quote: Quote,
): readonly OrderLine[] => {
  const prices = new Map(quote.items.map(({ sku, price }) => [sku, price]));
  const fields: { pointer: string; detail: string }[] = [];
  const lines: OrderLine[] = [];
  for (const [position, { sku, quantity }] of asked.entries()) {
    const price = quote.unknown.includes(sku) ? undefined : prices.get(sku);
    if (price) lines.push({ sku, quantity, price });
    else fields.push({ pointer: `#/items/${position}/sku`, detail: 'There is no such product.' });
  }
  if (fields.length > 0)
    throw new Refused({ outcome: 'unprocessable', code: 'unknown-sku', detail: 'A product is not sold here.', fields });
  return lines;
};

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
