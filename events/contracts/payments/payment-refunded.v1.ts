import * as z from 'zod/mini';
import { defineEvent } from '../define.ts';
import { id } from '../fields.ts';
import { money } from '../money.ts';

/** No money of this order is kept; `amount` is what was given back, 0 when nothing had been captured. */
export const paymentRefundedV1 = defineEvent(
  'payments',
  'PaymentRefunded.v1',
  z.object({ orderId: id, userId: id, amount: money }),
);
