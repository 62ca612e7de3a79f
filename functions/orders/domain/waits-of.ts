import { never } from '../../kernel/values/never.ts';
import type { Order, Step } from './order.ts';

/** The steps whose answers an order waits for; every order that is not final waits for one. */
export const waitsOf = (order: Order): readonly Step[] => {
  switch (order.kind) {
    case 'none':
    case 'confirmed':
      return [];
    case 'pending':
      return order.stock === 'held' ? ['payment'] : ['stock'];
    case 'cancelling':
    case 'cancelled':
      return [
        ...(order.payment === 'refunding' ? (['refund'] as const) : []),
        ...(order.stock === 'releasing' ? (['release'] as const) : []),
      ];
    default:
      return never(order);
  }
};
