import { accept, type Decider, type Decision, refuse } from '../../kernel/stores/decider.ts';
import { notFound } from '../../kernel/values/errors.ts';
import { never } from '../../kernel/values/never.ts';
import { evolve } from './evolve.ts';
import type { Order, OrderCommand, OrderEvent } from './order.ts';
import { totalOf } from './price-order.ts';

const place = ({ type: _, ...order }: Extract<OrderCommand, { type: 'PlaceOrder' }>): Decision<OrderEvent> => {
  const sum = totalOf(order.items);
  return sum.kind === 'refused' ? refuse(sum.refusal) : accept({ type: 'OrderPlaced', ...order, total: sum.total });
};

const cancel = ({ reason }: Extract<OrderCommand, { type: 'CancelOrder' }>, order: Order): Decision<OrderEvent> => {
  switch (order.kind) {
    case 'none':
      return refuse(notFound('order'));
    case 'pending':
      return accept({ type: 'CancellationStarted', reason });
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

const initialState: Order = { kind: 'none' };

export const orderDecider: Decider<OrderCommand, OrderEvent, Order> = { initialState, decide, evolve };
