import * as z from 'zod/mini';
import { id } from '../../events/contracts/fields.ts';
import { money } from '../../events/contracts/money.ts';
import { defineApi } from '../kernel/messages/contract.ts';

const payment = z.object({
  orderId: z.string(),
  status: z.enum(['PENDING', 'CAPTURED', 'DECLINED', 'REFUNDED']),
  amount: money,
  captured: z.int(),
  refunded: z.int(),
});

export const paymentsApi = defineApi('payments', {
  'list-payments': {
    method: 'GET',
    path: '/payments',
    summary: "Read the payment of one of the caller's orders",
    access: { scopes: ['payments/read'] },
    query: z.strictObject({ orderId: id }),
    answers: {
      200: {
        description: "One, or none when there is none or it is not the caller's.",
        body: z.object({ items: z.array(payment) }),
      },
    },
  },
});
