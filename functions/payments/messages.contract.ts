import { capturePaymentV1 } from '../../events/contracts/payments/capture-payment.v1.ts';
import { paymentCapturedV1 } from '../../events/contracts/payments/payment-captured.v1.ts';
import { paymentDeclinedV1 } from '../../events/contracts/payments/payment-declined.v1.ts';
import { paymentRefundedV1 } from '../../events/contracts/payments/payment-refunded.v1.ts';
import { refundPaymentV1 } from '../../events/contracts/payments/refund-payment.v1.ts';
import type { ServiceMessages } from '../kernel/messages/service-messages.ts';

export const paymentsMessages = {
  publishes: [paymentCapturedV1, paymentDeclinedV1, paymentRefundedV1],
  accepts: [capturePaymentV1, refundPaymentV1],
} as const satisfies ServiceMessages;
