import { httpHandler } from '../../edge/http/handler.ts';
import { paymentProviderApi } from '../api.contract.ts';
import { createRefund } from '../commands/create-refund.ts';
import { runtime, wirePaymentProvider } from '../wiring.ts';

const provider = wirePaymentProvider();

export const handler = httpHandler(
  paymentProviderApi,
  'create-refund',
  async ({ body, idempotencyKey, fingerprint }) => ({
    status: 201,
    body: await createRefund(provider.table, { ...body, keyHash: runtime.hash(idempotencyKey), fingerprint }),
  }),
  runtime,
);
