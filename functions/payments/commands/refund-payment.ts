import { type Cause, causedBy, type Message } from '../../kernel/messages/message.ts';
import type { Payment, PaymentDetails } from '../domain/payment.ts';
import { decidePayment, type PaymentDeps } from './decide-payment.ts';
import { voidCapture } from './settle-capture.ts';

const giveBack = async (
  deps: PaymentDeps,
  { details, chargeId }: Extract<Payment, { kind: 'captured' }>,
  cause: Cause,
): Promise<void> => {
  const { orderId, amount } = details;
  await deps.provider.refund({ key: `refund-${orderId}`, chargeId, amount, cause });
  await decidePayment(deps, orderId, { type: 'SettleRefund' }, cause);
};

/**
 * Closes a payment, giving back what was captured. A capture under way is voided first: the answer says whether money
 * moved, and none moves afterwards. Throws Refused `unavailable` while that is unknown.
 */
export const refundPayment = async (
  deps: PaymentDeps,
  message: Pick<Message, 'metadata'>,
  { orderId, userId, amount }: PaymentDetails,
): Promise<void> => {
  const cause = causedBy(message);
  const close = () =>
    decidePayment(deps, orderId, { type: 'StartRefund', details: { orderId, userId, amount } }, cause);
  const { state, version } = await close();
  const settled = state.kind === 'capturing' ? await voidCapture(deps, { state, version }, cause) : state;
  if (settled.kind === 'captured') return await giveBack(deps, settled, cause);
  if (settled.kind === 'declined') await close();
};
