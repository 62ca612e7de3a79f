import * as z from 'zod/mini';
import { defineEvent } from '../define.ts';
import { sku } from '../fields.ts';
import { money } from '../money.ts';

/** A product is new, or its name or price is. */
export const productChangedV1 = defineEvent(
  'catalog',
  'ProductChanged.v1',
  z.object({ sku, name: z.string(), price: money }),
  { sku: 'lamp', name: 'Desk lamp', price: { amount: 4900, currency: 'EUR' } },
);
