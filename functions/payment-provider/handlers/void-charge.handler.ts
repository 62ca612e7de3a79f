import { httpHandler } from '../../edge/http/handler.ts';
import { paymentProviderApi } from '../api.contract.ts';
import { voidCharge } from '../commands/void-charge.ts';
import { runtime, wirePaymentProvider } from '../wiring.ts';

const provider = wirePaymentProvider();

export const handler = httpHandler(
  paymentProviderApi,
  'void-charge',
  async ({ body, idempotencyKey }) => ({
    status: 201,
    body: await voidCharge(provider.table, { ...body, keyHash: runtime.hash(idempotencyKey) }),
  }),
  runtime,
);
