import type { JsonObject } from '../../kernel/values/json.ts';
import type { ChargeOutcome } from '../domain/payment.ts';
import type { PaymentProvider } from '../domain/payment-provider.ts';
import { callProvider, type ProviderCallDeps, type ProviderReply } from './provider-call.ts';

const CREATED = 201;
const UNPROCESSABLE = 422;

/** A problem's `type` ends in its code. */
const isUnknownToken = ({ status, body }: ProviderReply): boolean =>
  status === UNPROCESSABLE && String(body.type).endsWith('unknown-token');

const chargeOutcome = ({ id, status }: JsonObject): ChargeOutcome => {
  if (status === 'declined') return { kind: 'declined' };
  if (status === 'captured' && typeof id === 'string') return { kind: 'captured', chargeId: id };
  throw new Error('the provider answered a charge that we cannot read');
};

/**
 * The anti-corruption layer: the provider's HTTP API on one side, our words on the other. A token that the provider never
 * issued is a decline to us; an answer that fits nothing is a defect and is never taken for a decline.
 */
export const createProviderClient = (deps: ProviderCallDeps): PaymentProvider => ({
  charge: async ({ key, amount, paymentToken }) => {
    const body = { amount: { ...amount }, token: paymentToken };
    const reply = await callProvider(deps, { path: '/charges', key, body });
    if (isUnknownToken(reply)) return { kind: 'declined' };
    if (reply.status !== CREATED) throw new Error(`the provider answered a charge with ${reply.status}`);
    return chargeOutcome(reply.body);
  },
  refund: async ({ key, chargeId, amount }) => {
    const { status } = await callProvider(deps, { path: '/refunds', key, body: { chargeId, amount: { ...amount } } });
    if (status !== CREATED) throw new Error(`the provider answered a refund with ${status}`);
  },
});
