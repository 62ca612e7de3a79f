import * as z from 'zod/mini';
import { defineEvent } from '../define.ts';
import { id } from '../fields.ts';
import { money } from '../money.ts';

/** Stock is held and `total` is captured: the order's final state. */
export const orderConfirmedV1 = defineEvent(
  'orders',
  'OrderConfirmed.v1',
  z.object({ orderId: id, userId: id, total: money }),
);
