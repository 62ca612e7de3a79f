import * as z from 'zod/mini';
import { defineEvent } from '../define.ts';
import { id } from '../fields.ts';

const cancellationReason = z.enum(['out_of_stock', 'payment_declined', 'timed_out', 'customer', 'user_erased']);

/** No stock is held and no money is kept: the order's final state. */
export const orderCancelledV1 = defineEvent(
  'orders',
  'OrderCancelled.v1',
  z.object({ orderId: id, userId: id, reason: cancellationReason }),
);
