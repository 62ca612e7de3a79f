import * as z from 'zod/mini';
import { defineApi } from '../kernel/messages/contract.ts';

const orderId = z.string().check(z.regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/, 'must be an id of at most 64 characters'));

const payment = z.object({
  orderId: z.string(),
  status: z.enum(['PENDING', 'CAPTURED', 'DECLINED', 'REFUNDED']),
  amount: z.object({ amount: z.int(), currency: z.string() }),
  captured: z.int(),
  refunded: z.int(),
});

export const paymentsApi = defineApi('payments', {
  'list-payments': {
    method: 'GET',
    path: '/payments',
    summary: "Read the payment of one of the caller's orders",
    access: { scopes: ['payments/read'] },
    query: z.strictObject({ orderId }),
    answers: {
      200: {
        description: "One, or none when there is none or it is not the caller's.",
        body: z.object({ items: z.array(payment) }),
      },
    },
  },
});
