import type { JsonObject } from '../../kernel/values/json.ts';
import { moneyShown } from '../../kernel/values/money.ts';
import { never } from '../../kernel/values/never.ts';
import type { ExistingOrder, Order } from '../domain/order.ts';
import { waitsOf } from '../domain/waits-of.ts';
import { cancellationShown } from './cancellation-shown.ts';

export type OrderStatus = 'PENDING' | 'CONFIRMED' | 'CANCELLING' | 'CANCELLED';

export type OrderView = JsonObject & {
  readonly id: string;
  readonly status: OrderStatus;
  readonly version: number;
  readonly placedAt: string;
  readonly waitsFor?: readonly string[];
};

const statusOf = ({ kind }: ExistingOrder): OrderStatus => {
  switch (kind) {
    case 'pending':
      return 'PENDING';
    case 'confirmed':
      return 'CONFIRMED';
    case 'cancelling':
      return 'CANCELLING';
    case 'cancelled':
      return 'CANCELLED';
    default:
      return never(kind);
  }
};

/** What the customer sees of an order: everything but the payment token. `version` is the stream's. */
export const orderView = (order: ExistingOrder, version: number): OrderView => {
  const { orderId, items, total, placedAt } = order.placed;
  const waits = waitsOf(order);
  return {
    id: orderId,
    status: statusOf(order),
    ...('reason' in order ? cancellationShown(order.reason) : {}),
    items: items.map(({ sku, quantity, price }) => ({ sku, quantity, price: moneyShown(price) })),
    total: moneyShown(total),
    ...(waits.length > 0 && { waitsFor: waits }),
    version,
    placedAt,
  };
};

/** The view of an order that a command has just touched. */
export const requireView = (order: Order, version: number): OrderView => {
  if (order.kind === 'none') throw new Error('a command was accepted for an order that is not there');
  return orderView(order, version);
};
