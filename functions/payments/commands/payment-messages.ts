import { paymentCapturedV1 } from '../../../events/contracts/payments/payment-captured.v1.ts';
import { paymentDeclinedV1 } from '../../../events/contracts/payments/payment-declined.v1.ts';
import { paymentRefundedV1 } from '../../../events/contracts/payments/payment-refunded.v1.ts';
import type { Cause, Message } from '../../kernel/messages/message.ts';
import { type RecordingTools, record } from '../../kernel/messages/recording.ts';
import { never } from '../../kernel/values/never.ts';
import type { PaymentDetails, PaymentEvent } from '../domain/payment.ts';

/** What the bus learns of an event; undefined for one that is nobody else's business. */
export const paymentMessage = (
  event: PaymentEvent,
  { orderId, userId, amount }: PaymentDetails,
  version: number,
  cause: Cause,
  tools: RecordingTools,
): Message | undefined => {
  const about = { aggregate: `payment/${orderId}`, version };
  const ids = { orderId, userId };
  switch (event.type) {
    case 'CaptureStarted':
      return undefined;
    case 'PaymentCaptured':
      return record(paymentCapturedV1, { ...about, data: { ...ids, amount } }, cause, tools);
    case 'PaymentDeclined':
      return record(paymentDeclinedV1, { ...about, data: { ...ids, reason: 'refused' } }, cause, tools);
    case 'CaptureRefused':
      return record(paymentDeclinedV1, { ...about, data: { ...ids, reason: 'closed' } }, cause, tools);
    case 'PaymentRefunded': {
      const refunded = { amount: event.refunded, currency: amount.currency };
      return record(paymentRefundedV1, { ...about, data: { ...ids, amount: refunded } }, cause, tools);
    }
    default:
      return never(event);
  }
};
