import { httpHandler } from '../../edge/http/handler.ts';
import { paymentsApi } from '../api.contract.ts';
import { paymentsOf } from '../views/payment-view.ts';
import { runtime, wireTable } from '../wiring.ts';

const table = wireTable();

export const handler = httpHandler(
  paymentsApi,
  'list-payments',
  async ({ query, principal }) => ({
    status: 200,
    body: { items: await paymentsOf(table, principal, query.orderId) },
  }),
  runtime,
);
