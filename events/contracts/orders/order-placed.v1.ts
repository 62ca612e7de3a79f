import * as z from 'zod/mini';
import { defineEvent } from '../define.ts';
import { id, quantity, sku } from '../fields.ts';
import { money } from '../money.ts';

/** An order was accepted at these unit prices; `total` is their sum over all quantities. */
export const orderPlacedV1 = defineEvent(
  'orders',
  'OrderPlaced.v1',
  z.object({
    orderId: id,
    userId: id,
    items: z.array(z.object({ sku, quantity, price: money })),
    total: money,
  }),
);
