import { httpHandler } from '../../edge/http/handler.ts';
import { paymentProviderApi } from '../api.contract.ts';
import { createCharge } from '../commands/create-charge.ts';
import { runtime, wirePaymentProvider } from '../wiring.ts';

const provider = wirePaymentProvider();

export const handler = httpHandler(
  paymentProviderApi,
  'create-charge',
  async ({ body, idempotencyKey, fingerprint }) => {
    const charge = await createCharge(provider, { ...body, keyHash: runtime.hash(idempotencyKey), fingerprint });
    return { status: 201, body: charge, headers: { location: `/charges/${charge.id}` } };
  },
  runtime,
);
