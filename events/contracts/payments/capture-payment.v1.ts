import * as z from 'zod/mini';
import { defineCommand } from '../define.ts';
import { id } from '../fields.ts';
import { money } from '../money.ts';

/** `paymentToken` stands for the customer's means of payment: it may lie in queues and in the payments table, nowhere else. */
export const capturePaymentV1 = defineCommand(
  'payments',
  'CapturePayment.v1',
  z.object({
    orderId: id,
    userId: id,
    amount: money,
    paymentToken: z.string().check(z.minLength(1), z.maxLength(200)),
  }),
);
