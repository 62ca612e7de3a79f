import * as z from 'zod/mini';
import { defineEvent } from '../define.ts';
import { id } from '../fields.ts';
import { money } from '../money.ts';

/** The whole amount was taken, once. */
export const paymentCapturedV1 = defineEvent(
  'payments',
  'PaymentCaptured.v1',
  z.object({ orderId: id, userId: id, amount: money }),
);
