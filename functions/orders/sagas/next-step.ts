import { never } from '../../kernel/values/never.ts';
import type { Order, OrderEvent, PaymentLeg, StockLeg } from '../domain/order.ts';

/** Compensation runs in reverse order of the steps: the money goes back first, the stock after it. */
const compensate = (stock: StockLeg, payment: PaymentLeg): OrderEvent | 'wait' | 'settled' => {
  if (payment === 'requested' || payment === 'captured') return { type: 'RefundRequested' };
  if (payment === 'refunding') return 'wait';
  if (stock === 'requested' || stock === 'held') return { type: 'StockReleaseRequested' };
  return stock === 'releasing' ? 'wait' : 'settled';
};

/** What the saga does next in a state, as an event of the order's stream; undefined when it waits or is done. */
export const nextStep = (order: Order): OrderEvent | undefined => {
  switch (order.kind) {
    case 'none':
    case 'confirmed':
      return undefined;
    case 'pending':
      if (order.stock === 'rejected') return { type: 'CancellationStarted', reason: 'out_of_stock' };
      if (order.payment === 'declined') return { type: 'CancellationStarted', reason: 'payment_declined' };
      if (order.stock !== 'held') return undefined;
      if (order.payment === 'captured') return { type: 'OrderConfirmed' };
      // A payment closed without our asking can no longer be captured.
      if (order.payment === 'refunded') return { type: 'CancellationStarted', reason: 'payment_declined' };
      return order.payment === 'idle' ? { type: 'PaymentRequested' } : undefined;
    case 'cancelling': {
      const step = compensate(order.stock, order.payment);
      if (step === 'wait') return undefined;
      return step === 'settled' ? { type: 'OrderCancelled', reason: order.reason } : step;
    }
    case 'cancelled': {
      const step = compensate(order.stock, order.payment);
      return typeof step === 'string' ? undefined : step;
    }
    default:
      return never(order);
  }
};
