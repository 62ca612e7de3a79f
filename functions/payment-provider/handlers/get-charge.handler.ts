import { httpHandler } from '../../edge/http/handler.ts';
import { paymentProviderApi } from '../api.contract.ts';
import { readCharge } from '../views/read-charge.ts';
import { runtime, wirePaymentProvider } from '../wiring.ts';

const provider = wirePaymentProvider();

export const handler = httpHandler(
  paymentProviderApi,
  'get-charge',
  async ({ params }) => ({ status: 200, body: await readCharge(provider.table, params.id) }),
  runtime,
);
