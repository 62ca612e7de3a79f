import { capturePaymentV1 } from '../../../events/contracts/payments/capture-payment.v1.ts';
import { queueHandler } from '../../edge/messages/queue.ts';
import { capturePayment } from '../commands/capture-payment.ts';
import { runtime, wireOwnQueue, wirePayments } from '../wiring.ts';

const payments = wirePayments();

export const handler = queueHandler(
  [capturePaymentV1],
  (message) => capturePayment(payments, message, message.data),
  runtime,
  wireOwnQueue(),
);
