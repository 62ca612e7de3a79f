import { accept, type Decider, type Decision, refuse } from '../../kernel/stores/decider.ts';
import { notFound } from '../../kernel/values/errors.ts';
import { never } from '../../kernel/values/never.ts';
import type { ExistingOrder, Order, OrderCommand, OrderEvent } from './order.ts';
import { totalOf } from './order-lines.ts';

const place = ({ type: _, ...order }: Extract<OrderCommand, { type: 'PlaceOrder' }>): Decision<OrderEvent> => {
  const sum = totalOf(order.items);
  return sum.kind === 'refused' ? refuse(sum.refusal) : accept({ type: 'OrderPlaced', ...order, total: sum.total });
};

const cancel = (
  { type: _, ...cancellation }: Extract<OrderCommand, { type: 'CancelOrder' }>,
  order: Order,
): Decision<OrderEvent> => {
  switch (order.kind) {
    case 'none':
      return refuse(notFound('order'));
    case 'pending':
      return accept({ type: 'CancellationStarted', ...cancellation });
    case 'cancelling':
      return accept();
    case 'confirmed':
    case 'cancelled':
      return refuse({
        outcome: 'conflict',
        code: 'order-is-final',
        detail: `The order is ${order.kind} and cannot be cancelled.`,
      });
    default:
      return never(order);
  }
};

const decide = (command: OrderCommand, order: Order): Decision<OrderEvent> => {
  switch (command.type) {
    case 'PlaceOrder':
      return order.kind === 'none'
        ? place(command)
        : refuse({ outcome: 'conflict', code: 'order-exists', detail: 'This order was placed before.' });
    case 'CancelOrder':
      return cancel(command, order);
    default:
      return never(command);
  }
};

const begin = ({ type: _, ...placed }: Extract<OrderEvent, { type: 'OrderPlaced' }>): Order => ({
  kind: 'pending',
  placed,
  stock: 'requested',
  payment: 'idle',
  askedAgain: {},
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
    case 'OrderConfirmed': {
      const { placed, stock, payment, askedAgain } = order;
      return { kind: 'confirmed', placed, stock, payment, askedAgain };
    }
    case 'StepAskedAgain':
      return { ...order, askedAgain: { ...order.askedAgain, [event.step]: event.attempt } };
    case 'CancellationStarted':
      return { ...order, kind: 'cancelling', reason: event.reason };
    case 'OrderCancelled':
      return { ...order, kind: 'cancelled', reason: event.reason };
    default:
      return never(event);
  }
};

const evolve = (order: Order, event: OrderEvent): Order => {
  if (event.type === 'OrderPlaced') return begin(event);
  if (order.kind === 'none') throw new Error(`${event.type} before OrderPlaced: the stream has lost its beginning`);
  return advance(order, event);
};

const initialState: Order = { kind: 'none' };

export const orderDecider: Decider<OrderCommand, OrderEvent, Order> = { initialState, decide, evolve };
