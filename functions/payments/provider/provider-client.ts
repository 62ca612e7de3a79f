import type { JsonObject } from '../../kernel/values/json.ts';
import type { ChargeOutcome } from '../domain/payment.ts';
import type { PaymentProvider } from '../domain/payment-provider.ts';
import { callProvider, type ProviderCallDeps, type ProviderReply } from './provider-call.ts';

const CREATED = 201;
const CLIENT_ERRORS = 400;
const NOT_FOUND = 404;

const chargeOutcome = ({ id, status }: JsonObject): ChargeOutcome => {
  if (status === 'declined') return { kind: 'declined' };
  if (status === 'captured' && typeof id === 'string') return { kind: 'captured', chargeId: id };
  throw new Error('the provider answered a charge that we cannot read');
};

/** Another request was made under the key: that one may have moved money. A problem's `type` ends in its code. */
const isReusedKey = ({ body }: ProviderReply): boolean => String(body.type).endsWith('idempotency-key-reused');

/** An amount that is too small, a currency or a token that is not taken: asking again gives the same answer. */
const isRefusal = (reply: ProviderReply): boolean =>
  reply.status >= CLIENT_ERRORS && reply.status !== NOT_FOUND && !isReusedKey(reply);

/**
 * The anti-corruption layer: the provider's HTTP API on one side, our words on the other. A charge that the provider
 * refuses is declined; an answer that fits nothing is a defect and is never taken for a decline.
 */
export const createProviderClient = (deps: ProviderCallDeps): PaymentProvider => ({
  charge: async ({ key, amount, paymentToken, cause }) => {
    const body = { amount: { ...amount }, token: paymentToken.reveal() };
    const reply = await callProvider(deps, { path: '/charges', key, body, cause });
    if (isRefusal(reply)) return { kind: 'declined' };
    if (reply.status !== CREATED) throw new Error(`the provider answered a charge with ${reply.status}`);
    return chargeOutcome(reply.body);
  },
  void: async ({ key, amount, cause }) => {
    const { status, body } = await callProvider(deps, { path: '/voids', key, body: { amount: { ...amount } }, cause });
    if (status !== CREATED) throw new Error(`the provider answered a void with ${status}`);
    return chargeOutcome(body);
  },
  refund: async ({ key, chargeId, amount, cause }) => {
    const body = { chargeId, amount: { ...amount } };
    const { status } = await callProvider(deps, { path: '/refunds', key, body, cause });
    if (status !== CREATED) throw new Error(`the provider answered a refund with ${status}`);
  },
});
