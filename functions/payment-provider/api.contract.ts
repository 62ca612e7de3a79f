import * as z from 'zod/mini';
import { defineApi } from '../kernel/messages/contract.ts';

const money = z.strictObject({
  amount: z.int().check(z.nonnegative()),
  currency: z.string().check(z.regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code')),
});
const id = z.string().check(z.minLength(1), z.maxLength(64));
const charge = z.object({ id, status: z.enum(['captured', 'declined']), amount: money, refunded: z.int() });
const refund = z.object({ id, chargeId: id, amount: money });

/** An outside company's API: none of our conventions binds it, and it knows neither our users nor our tokens. */
export const paymentProviderApi = defineApi('payment-provider', {
  'create-charge': {
    method: 'POST',
    path: '/charges',
    summary: 'Charge a means of payment',
    access: 'public',
    body: z.strictObject({ amount: money, token: z.string().check(z.minLength(1), z.maxLength(200)) }),
    idempotencyKey: 'required',
    answers: { 201: { description: 'Captured or declined.', body: charge } },
  },
  'void-charge': {
    method: 'POST',
    path: '/voids',
    summary: 'See to it that a charge will not be made under its Idempotency-Key',
    access: 'public',
    body: z.strictObject({ amount: money }),
    idempotencyKey: 'required',
    answers: {
      201: { description: 'The charge that was made under the key before, or a declined one.', body: charge },
    },
  },
  'create-refund': {
    method: 'POST',
    path: '/refunds',
    summary: 'Give back what a charge captured, or a part of it',
    access: 'public',
    body: z.strictObject({ chargeId: id, amount: money }),
    idempotencyKey: 'required',
    answers: { 201: { description: 'Given back.', body: refund }, 404: { description: 'No such charge.' } },
  },
  'get-charge': {
    method: 'GET',
    path: '/charges/{id}',
    summary: 'Read a charge',
    access: 'public',
    params: z.object({ id }),
    answers: { 200: { description: 'The charge.', body: charge }, 404: { description: 'No such charge.' } },
  },
});
