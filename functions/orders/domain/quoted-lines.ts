import { Refused } from '../../kernel/values/errors.ts';
import type { Money } from '../../kernel/values/money.ts';
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
