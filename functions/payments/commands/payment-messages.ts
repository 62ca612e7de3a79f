import { paymentCapturedV1 } from '../../../events/contracts/payments/payment-captured.v1.ts';
import { paymentDeclinedV1 } from '../../../events/contracts/payments/payment-declined.v1.ts';
import { paymentRefundedV1 } from '../../../events/contracts/payments/payment-refunded.v1.ts';
import type { Cause } from '../../kernel/messages/message.ts';
import type { RecordingTools } from '../../kernel/messages/recording.ts';
import type { Change } from '../../kernel/stores/aggregate.ts';
import { type OutboxMessage, outgoing } from '../../kernel/stores/outbox.ts';
import { never } from '../../kernel/values/never.ts';
import type { Payment, PaymentEvent } from '../domain/payment.ts';

/** What is published of a change; the start of a capture concerns no other service. */
export const paymentMessages = (
  { events, state, version }: Change<PaymentEvent, Payment>,
  cause: Cause,
  tools: RecordingTools,
): readonly OutboxMessage[] => {
  if (state.kind === 'none') return [];
  const { orderId, userId, amount } = state.details;
  const about = { aggregate: `payment/${orderId}`, version };
  const ids = { orderId, userId };
  return events.flatMap((event) => {
    switch (event.type) {
      case 'CaptureStarted':
        return [];
      case 'PaymentCaptured':
        return [outgoing(paymentCapturedV1, { ...about, data: { ...ids, amount } }, cause, tools)];
      case 'PaymentDeclined':
        return [outgoing(paymentDeclinedV1, { ...about, data: { ...ids, reason: 'refused' } }, cause, tools)];
      case 'CaptureRefused':
        return [outgoing(paymentDeclinedV1, { ...about, data: { ...ids, reason: 'closed' } }, cause, tools)];
      case 'PaymentRefunded': {
        const refunded = { amount: event.refunded, currency: amount.currency };
        return [outgoing(paymentRefundedV1, { ...about, data: { ...ids, amount: refunded } }, cause, tools)];
      }
      default:
        return never(event);
    }
  });
};
