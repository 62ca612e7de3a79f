import * as z from 'zod/mini';
import { defineCommand } from '../define.ts';
import { id } from '../fields.ts';
import { money } from '../money.ts';

/**
 * `paymentToken` stands for the customer's means of payment. It is no part of what orders commits: it is added when the
 * command is sent, and left out when it is gone by then. Without one the command is answered from what is known of the
 * payment, and declined when nothing is.
 */
export const capturePaymentV1 = defineCommand(
  'payments',
  'CapturePayment.v1',
  z.object({
    orderId: id,
    userId: id,
    amount: money,
    paymentToken: z.optional(z.string().check(z.minLength(1), z.maxLength(200))),
  }),
);
