import * as z from 'zod/mini';
import { defineQuery } from '../define.ts';
import { quantity, sku } from '../fields.ts';
import { money } from '../money.ts';

/**
 * The unit price of each line as of now, in the order asked; `unknown` names the products that are not sold. Prices are for
 * everyone to see, so it may be asked for no one.
 */
export const quoteItemsV1 = defineQuery(
  'catalog',
  'QuoteItems.v1',
  z.object({ items: z.array(z.object({ sku, quantity })).check(z.maxLength(50)) }),
  z.object({ items: z.array(z.object({ sku, quantity, price: money })), unknown: z.array(sku) }),
  { caller: 'optional' },
);
