import { releaseStockV1 } from '../../../events/contracts/catalog/release-stock.v1.ts';
import { reserveStockV1 } from '../../../events/contracts/catalog/reserve-stock.v1.ts';
import { checkDeadlineV1 } from '../../../events/contracts/orders/check-deadline.v1.ts';
import { orderCancelledV1 } from '../../../events/contracts/orders/order-cancelled.v1.ts';
import { orderCancelledByOperatorV1 } from '../../../events/contracts/orders/order-cancelled-by-operator.v1.ts';
import { orderConfirmedV1 } from '../../../events/contracts/orders/order-confirmed.v1.ts';
import { orderPlacedV1 } from '../../../events/contracts/orders/order-placed.v1.ts';
import { capturePaymentV1 } from '../../../events/contracts/payments/capture-payment.v1.ts';
import { refundPaymentV1 } from '../../../events/contracts/payments/refund-payment.v1.ts';
import type { MessageContract } from '../../kernel/messages/contract.ts';
import type { Cause } from '../../kernel/messages/message.ts';
import type { RecordingTools } from '../../kernel/messages/recording.ts';
import type { Change } from '../../kernel/stores/aggregate.ts';
import { type Departure, outgoing } from '../../kernel/stores/outbox.ts';
import { never } from '../../kernel/values/never.ts';
import { waitAfter } from '../domain/open-waits.ts';
import type { Order, OrderEvent, PlacedOrder, Step } from '../domain/order.ts';

/** What leaves the service because of one event at `version` of an order's stream. */
const messagesOf = (
  event: OrderEvent,
  { orderId, userId, items, total }: PlacedOrder,
  version: number,
  cause: Cause,
  tools: RecordingTools,
): readonly Departure[] => {
  const send = <Data>(contract: MessageContract<string, Data>, data: NoInfer<Data>, delaySeconds?: number): Departure =>
    outgoing(contract, { aggregate: `order/${orderId}`, version, data }, cause, tools, delaySeconds);
  const commands: Readonly<Record<Step, () => Departure>> = {
    stock: () => send(reserveStockV1, { orderId, items: items.map(({ sku, quantity }) => ({ sku, quantity })) }),
    payment: () => send(capturePaymentV1, { orderId, userId, amount: total }),
    refund: () => send(refundPaymentV1, { orderId, userId, amount: total }),
    release: () => send(releaseStockV1, { orderId }),
  };
  /** The command of a step, and the timer that sends it again. */
  const ask = (step: Step, attempt = 0): readonly Departure[] => [
    commands[step](),
    send(checkDeadlineV1, { orderId, step, attempt }, waitAfter(attempt)),
  ];
  switch (event.type) {
    case 'OrderPlaced':
      return [send(orderPlacedV1, { orderId, userId, items: [...items], total }), ...ask('stock')];
    case 'PaymentRequested':
      // The timer of the stock is still on its way, and passes on to the payment.
      return [commands.payment()];
    case 'RefundRequested':
      return ask('refund');
    case 'StockReleaseRequested':
      return ask('release');
    case 'StepAskedAgain':
      return ask(event.step, event.attempt);
    case 'OrderConfirmed':
      return [send(orderConfirmedV1, { orderId, userId, total })];
    case 'OrderCancelled':
      return event.reason === 'operator'
        ? [send(orderCancelledByOperatorV1, { orderId, userId })]
        : [send(orderCancelledV1, { orderId, userId, reason: event.reason })];
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

/** What one decision makes known; each message carries the version of the event that it comes from. */
export const orderMessages = (
  { events, state, version }: Pick<Change<OrderEvent, Order>, 'events' | 'state' | 'version'>,
  cause: Cause,
  tools: RecordingTools,
): readonly Departure[] => {
  if (state.kind === 'none') return [];
  const { placed } = state;
  const before = version - events.length;
  return events.flatMap((event, index) => messagesOf(event, placed, before + index + 1, cause, tools));
};
