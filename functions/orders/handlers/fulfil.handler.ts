import { stockRejectedV1 } from '../../../events/contracts/catalog/stock-rejected.v1.ts';
import { stockReleasedV1 } from '../../../events/contracts/catalog/stock-released.v1.ts';
import { stockReservedV1 } from '../../../events/contracts/catalog/stock-reserved.v1.ts';
import { paymentCapturedV1 } from '../../../events/contracts/payments/payment-captured.v1.ts';
import { paymentDeclinedV1 } from '../../../events/contracts/payments/payment-declined.v1.ts';
import { paymentRefundedV1 } from '../../../events/contracts/payments/payment-refunded.v1.ts';
import { userErasedV1 } from '../../../events/contracts/users/user-erased.v1.ts';
import { queueHandler } from '../../edge/messages/queue.ts';
import { fulfilOrder } from '../commands/fulfil-order.ts';
import { runtime, wireOrders } from '../wiring.ts';

const orders = wireOrders();

export const handler = queueHandler(
  [
    stockReservedV1,
    stockRejectedV1,
    stockReleasedV1,
    paymentCapturedV1,
    paymentDeclinedV1,
    paymentRefundedV1,
    userErasedV1,
  ],
  (message) => fulfilOrder(orders, message),
  runtime,
);
