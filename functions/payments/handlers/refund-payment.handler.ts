import { refundPaymentV1 } from '../../../events/contracts/payments/refund-payment.v1.ts';
import { queueHandler } from '../../edge/messages/queue.ts';
import { refundPayment } from '../commands/refund-payment.ts';
import { runtime, wireOwnQueue, wirePayments } from '../wiring.ts';

const payments = wirePayments();

export const handler = queueHandler(
  [refundPaymentV1],
  (message) => refundPayment(payments, message, message.data),
  runtime,
  wireOwnQueue(),
);
