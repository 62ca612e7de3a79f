import * as z from 'zod/mini';
import { defineEvent } from '../define.ts';
import { id } from '../fields.ts';

/**
 * Nothing was taken and nothing will be: the provider refused, or the payment was closed before it was tried; `because`
 * of a token that is gone, for instance.
 */
export const paymentDeclinedV1 = defineEvent(
  'payments',
  'PaymentDeclined.v1',
  z.object({
    orderId: id,
    userId: id,
    reason: z.enum(['refused', 'closed']),
    because: z.optional(z.enum(['token_gone'])),
  }),
);
