import { never } from '../../kernel/values/never.ts';
import type { ExistingOrder, Order, OrderEvent } from './order.ts';

const place = ({ type: _, ...placed }: Extract<OrderEvent, { type: 'OrderPlaced' }>): Order => ({
  kind: 'pending',
  placed,
  stock: 'requested',
  payment: 'idle',
});

const advance = (order: ExistingOrder, event: Exclude<OrderEvent, { type: 'OrderPlaced' }>): Order => {
  switch (event.type) {
    case 'StockReserved':
      return { ...order, stock: 'held' };
    case 'StockRejected':
      return { ...order, stock: 'rejected' };
    case 'StockReleaseRequested':
      return { ...order, stock: 'releasing' };
    case 'StockReleased':
      return { ...order, stock: 'released' };
    case 'PaymentRequested':
      return { ...order, payment: 'requested' };
    case 'PaymentCaptured':
      return { ...order, payment: 'captured' };
    case 'PaymentDeclined':
      return { ...order, payment: 'declined' };
    case 'RefundRequested':
      return { ...order, payment: 'refunding' };
    case 'PaymentRefunded':
      return { ...order, payment: 'refunded' };
    case 'OrderConfirmed':
      return { kind: 'confirmed', placed: order.placed, stock: order.stock, payment: order.payment };
    case 'CancellationStarted':
      return { ...order, kind: 'cancelling', reason: event.reason };
    case 'OrderCancelled':
      return { ...order, kind: 'cancelled', reason: event.reason };
    default:
      return never(event);
  }
};

export const evolve = (order: Order, event: OrderEvent): Order => {
  if (event.type === 'OrderPlaced') return place(event);
  if (order.kind === 'none') throw new Error(`${event.type} before OrderPlaced: the stream has lost its beginning`);
  return advance(order, event);
};
