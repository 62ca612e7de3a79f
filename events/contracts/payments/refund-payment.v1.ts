import * as z from 'zod/mini';
import { defineCommand } from '../define.ts';
import { id } from '../fields.ts';
import { money } from '../money.ts';

/**
 * Give back whatever was captured for an order: always answered by PaymentRefunded, with amount 0 when nothing was.
 * The payment is closed by it, so that a CapturePayment that arrives later is declined. `amount` is the order's total.
 */
export const refundPaymentV1 = defineCommand(
  'payments',
  'RefundPayment.v1',
  z.object({ orderId: id, userId: id, amount: money }),
);
