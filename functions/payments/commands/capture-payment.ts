import { causedBy, type Message } from '../../kernel/messages/message.ts';
import type { PaymentDetails } from '../domain/payment.ts';
import { decidePayment, type PaymentDeps } from './decide-payment.ts';
import { settleCapture } from './settle-capture.ts';

/** The intent is recorded before the provider is asked, so that a refund knows that money may have moved. */
export const capturePayment = async (
  deps: PaymentDeps,
  message: Pick<Message, 'metadata'>,
  { paymentToken, ...details }: PaymentDetails & { readonly paymentToken: string },
): Promise<void> => {
  const cause = causedBy(message);
  const { orderId, userId, amount } = details;
  const started = await decidePayment(
    deps,
    orderId,
    { type: 'StartCapture', details: { orderId, userId, amount }, paymentToken, nowMs: deps.clock.now() },
    cause,
  );
  if (started.kind === 'capturing') await settleCapture(deps, started, cause);
};
