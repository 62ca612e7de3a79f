import * as z from 'zod/mini';
import { defineEvent } from '../define.ts';
import { id, sku } from '../fields.ts';

/** Nothing is held; `unavailable` names the products that fell short, none when the order was closed before. */
export const stockRejectedV1 = defineEvent(
  'catalog',
  'StockRejected.v1',
  z.object({ orderId: id, unavailable: z.array(sku) }),
);
