import { quoteItemsV1 } from '../../events/contracts/catalog/quote-items.v1.ts';
import { releaseStockV1 } from '../../events/contracts/catalog/release-stock.v1.ts';
import { reserveStockV1 } from '../../events/contracts/catalog/reserve-stock.v1.ts';
import { stockRejectedV1 } from '../../events/contracts/catalog/stock-rejected.v1.ts';
import { stockReleasedV1 } from '../../events/contracts/catalog/stock-released.v1.ts';
import { stockReservedV1 } from '../../events/contracts/catalog/stock-reserved.v1.ts';
import { cancelOrdersOfUserV1 } from '../../events/contracts/orders/cancel-orders-of-user.v1.ts';
import { checkDeadlineV1 } from '../../events/contracts/orders/check-deadline.v1.ts';
import { orderCancelledV1 } from '../../events/contracts/orders/order-cancelled.v1.ts';
import { orderCancelledByOperatorV1 } from '../../events/contracts/orders/order-cancelled-by-operator.v1.ts';
import { orderConfirmedV1 } from '../../events/contracts/orders/order-confirmed.v1.ts';
import { orderPlacedV1 } from '../../events/contracts/orders/order-placed.v1.ts';
import { capturePaymentV1 } from '../../events/contracts/payments/capture-payment.v1.ts';
import { paymentCapturedV1 } from '../../events/contracts/payments/payment-captured.v1.ts';
import { paymentDeclinedV1 } from '../../events/contracts/payments/payment-declined.v1.ts';
import { paymentRefundedV1 } from '../../events/contracts/payments/payment-refunded.v1.ts';
import { refundPaymentV1 } from '../../events/contracts/payments/refund-payment.v1.ts';
import { userErasedV1 } from '../../events/contracts/users/user-erased.v1.ts';
import type { ServiceMessages } from '../kernel/messages/service-messages.ts';

export const ordersMessages = {
  publishes: [orderPlacedV1, orderConfirmedV1, orderCancelledV1, orderCancelledByOperatorV1],
  sends: [reserveStockV1, releaseStockV1, capturePaymentV1, refundPaymentV1, checkDeadlineV1, cancelOrdersOfUserV1],
  subscribes: [
    stockReservedV1,
    stockRejectedV1,
    stockReleasedV1,
    paymentCapturedV1,
    paymentDeclinedV1,
    paymentRefundedV1,
    userErasedV1,
  ],
  accepts: [checkDeadlineV1, cancelOrdersOfUserV1],
  asks: [quoteItemsV1],
} as const satisfies ServiceMessages;
