import { releaseStockV1 } from '../../../events/contracts/catalog/release-stock.v1.ts';
import { reserveStockV1 } from '../../../events/contracts/catalog/reserve-stock.v1.ts';
import { checkDeadlineV1 } from '../../../events/contracts/orders/check-deadline.v1.ts';
import { orderCancelledV1 } from '../../../events/contracts/orders/order-cancelled.v1.ts';
import { orderConfirmedV1 } from '../../../events/contracts/orders/order-confirmed.v1.ts';
import { orderPlacedV1 } from '../../../events/contracts/orders/order-placed.v1.ts';
import { capturePaymentV1 } from '../../../events/contracts/payments/capture-payment.v1.ts';
import { refundPaymentV1 } from '../../../events/contracts/payments/refund-payment.v1.ts';
import type { MessageContract } from '../../kernel/messages/contract.ts';
import type { Cause } from '../../kernel/messages/message.ts';
import { type RecordingTools, record } from '../../kernel/messages/recording.ts';
import type { Destination, OutboxMessage } from '../../kernel/stores/outbox.ts';
import { never } from '../../kernel/values/never.ts';
import type { OrderEvent, PlacedOrder } from '../domain/order.ts';

/** How long an order waits for each step before it is given up. SQS delays at most 900 s. */
const STOCK_DEADLINE_SECONDS = 60;
const PAYMENT_DEADLINE_SECONDS = 120;

const BUS: Destination = { kind: 'bus' };

const deadline = (delaySeconds: number): Destination => ({
  kind: 'queue',
  queue: 'orders-check-deadline',
  delaySeconds,
});

const queue = (name: string): Destination => ({ kind: 'queue', queue: name });

/** What leaves the service because of an event at `version` of an order's stream. */
export const messagesOf = (
  event: OrderEvent,
  { orderId, userId, items, total, paymentToken }: PlacedOrder,
  version: number,
  cause: Cause,
  tools: RecordingTools,
): readonly OutboxMessage[] => {
  const to = <Data>(
    destination: Destination,
    contract: MessageContract<string, Data>,
    data: NoInfer<Data>,
  ): OutboxMessage => ({
    destination,
    message: record(contract, { aggregate: `order/${orderId}`, version, data }, cause, tools),
  });
  switch (event.type) {
    case 'OrderPlaced':
      return [
        to(BUS, orderPlacedV1, { orderId, userId, items: [...items], total }),
        to(queue('catalog-reserve-stock'), reserveStockV1, {
          orderId,
          items: items.map(({ sku, quantity }) => ({ sku, quantity })),
        }),
        to(deadline(STOCK_DEADLINE_SECONDS), checkDeadlineV1, { orderId, step: 'stock' }),
      ];
    case 'PaymentRequested':
      return [
        to(queue('payments-capture-payment'), capturePaymentV1, { orderId, userId, amount: total, paymentToken }),
        to(deadline(PAYMENT_DEADLINE_SECONDS), checkDeadlineV1, { orderId, step: 'payment' }),
      ];
    case 'RefundRequested':
      return [to(queue('payments-refund-payment'), refundPaymentV1, { orderId, userId, amount: total })];
    case 'StockReleaseRequested':
      return [to(queue('catalog-release-stock'), releaseStockV1, { orderId })];
    case 'OrderConfirmed':
      return [to(BUS, orderConfirmedV1, { orderId, userId, total })];
    case 'OrderCancelled':
      return [to(BUS, orderCancelledV1, { orderId, userId, reason: event.reason })];
    case 'StockReserved':
    case 'StockRejected':
    case 'StockReleased':
    case 'PaymentCaptured':
    case 'PaymentDeclined':
    case 'PaymentRefunded':
    case 'CancellationStarted':
      return [];
    default:
      return never(event);
  }
};
