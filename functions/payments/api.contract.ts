import * as z from 'zod/mini';
import { id } from '../../events/contracts/fields.ts';
import { money } from '../../events/contracts/money.ts';
import { type DescribedService, defineApi } from '../kernel/messages/contract.ts';

const payment = z.object({
  orderId: z.string(),
  status: z.enum(['PENDING', 'CAPTURED', 'DECLINED', 'REFUNDED']),
  amount: money,
  captured: z.int(),
  refunded: z.int(),
});

const paymentList = z.object({ items: z.array(payment) });

const amount = { amount: 2400, currency: 'EUR' };
const captured = {
  orderId: '01M8B3M5H4957KA7CX0Z6EQ442',
  status: 'CAPTURED',
  amount,
  captured: 2400,
  refunded: 0,
};

const described: DescribedService = {
  service: 'payments',
  about: 'What was captured and given back for an order.',
  schemas: {
    Money: { schema: money, example: amount },
    Payment: { schema: payment, example: captured },
    PaymentList: { schema: paymentList, example: { items: [captured] } },
  },
};

export const paymentsApi = defineApi(described, {
  'list-payments': {
    method: 'GET',
    path: '/payments',
    summary: "Read the payment of one of the caller's orders",
    access: { scopes: ['payments/read'] },
    query: z.strictObject({ orderId: id }),
    answers: {
      200: {
        description: "One, or none when there is none or it is not the caller's.",
        body: paymentList,
      },
    },
  },
});
