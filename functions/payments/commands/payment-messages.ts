import { paymentCapturedV1 } from '../../../events/contracts/payments/payment-captured.v1.ts';
import { paymentDeclinedV1 } from '../../../events/contracts/payments/payment-declined.v1.ts';
import { paymentRefundedV1 } from '../../../events/contracts/payments/payment-refunded.v1.ts';
import type { Cause } from '../../kernel/messages/message.ts';
import type { RecordingTools } from '../../kernel/messages/recording.ts';
import type { Change } from '../../kernel/stores/aggregate.ts';
import { type Departure, outgoing } from '../../kernel/stores/outbox.ts';
import { never } from '../../kernel/values/never.ts';
import type { Payment, PaymentCommand, PaymentEvent } from '../domain/payment.ts';

type Answer = 'captured' | 'refused' | 'closed' | 'token_gone' | { readonly refunded: number };

/** What is published of an event; the start of a capture concerns no other service. */
const answerTo = (event: PaymentEvent): Answer | undefined => {
  switch (event.type) {
    case 'CaptureStarted':
      return undefined;
    case 'PaymentCaptured':
      return 'captured';
    case 'TokenGone':
      return 'token_gone';
    case 'PaymentDeclined':
      return 'refused';
    case 'PaymentRefunded':
      return { refunded: event.refunded };
    default:
      return never(event);
  }
};

/** What a command is answered that finds the payment settled: the outcome again, since the first answer may be lost. */
const answerAgain = (asked: PaymentCommand['type'], payment: Payment): Answer | undefined => {
  if (asked === 'StartRefund') return payment.kind === 'refunded' ? { refunded: payment.refunded } : undefined;
  if (asked !== 'StartCapture') return undefined;
  if (payment.kind === 'captured') return 'captured';
  if (payment.kind === 'declined') return payment.because ?? 'refused';
  if (payment.kind !== 'refunded') return undefined;
  // Money that was given back was captured before: to call that declined would contradict the first answer.
  return payment.refunded > 0 ? { refunded: payment.refunded } : 'closed';
};

/** What leaves because of a command. */
export const paymentMessages = (
  { events, state, version }: Change<PaymentEvent, Payment>,
  { type: asked }: PaymentCommand,
  cause: Cause,
  tools: RecordingTools,
): readonly Departure[] => {
  if (state.kind === 'none') return [];
  const { orderId, userId, amount } = state.details;
  const about = { aggregate: `payment/${orderId}`, version };
  const ids = { orderId, userId };
  const answers = events.length > 0 ? events.map(answerTo) : [answerAgain(asked, state)];
  return answers.flatMap((answer) => {
    if (answer === undefined) return [];
    if (answer === 'captured')
      return [outgoing(paymentCapturedV1, { ...about, data: { ...ids, amount } }, cause, tools)];
    if (answer === 'refused' || answer === 'closed')
      return [outgoing(paymentDeclinedV1, { ...about, data: { ...ids, reason: answer } }, cause, tools)];
    if (answer === 'token_gone') {
      const data = { ...ids, reason: 'closed', because: answer } as const;
      return [outgoing(paymentDeclinedV1, { ...about, data }, cause, tools)];
    }
    const refunded = { amount: answer.refunded, currency: amount.currency };
    return [outgoing(paymentRefundedV1, { ...about, data: { ...ids, amount: refunded } }, cause, tools)];
  });
};
