import { causedBy, type Message } from '../../kernel/messages/message.ts';
import { Secret } from '../../kernel/values/secret.ts';
import type { PaymentDetails } from '../domain/payment.ts';
import { decidePayment, type PaymentDeps } from './decide-payment.ts';
import { settleCapture, voidCapture } from './settle-capture.ts';

/**
 * The intent is recorded before the provider is asked, so that a refund knows that money may have moved. The token is
 * recorded nowhere: each copy of the command brings it, until it is gone. A capture under way is then what the provider
 * says it came to.
 */
export const capturePayment = async (
  deps: PaymentDeps,
  message: Pick<Message, 'metadata'>,
  { paymentToken, ...details }: PaymentDetails & { readonly paymentToken?: string | undefined },
): Promise<void> => {
  const cause = causedBy(message);
  const { orderId, userId, amount } = details;
  const hasToken = paymentToken !== undefined;
  const { state, version } = await decidePayment(
    deps,
    orderId,
    { type: 'StartCapture', details: { orderId, userId, amount }, hasToken, nowMs: deps.clock.now() },
    cause,
  );
  if (state.kind !== 'capturing') return;
  if (hasToken) await settleCapture(deps, { state, version }, new Secret(paymentToken), cause);
  else await voidCapture(deps, { state, version }, cause);
};
