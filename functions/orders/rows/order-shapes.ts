import {
  cases,
  list,
  number,
  object,
  objectWith,
  oneOf,
  partial,
  type Shape,
  text,
} from '../../kernel/values/shape.ts';
import {
  type ByHand,
  CANCELLATION_REASONS,
  type Order,
  type OrderLine,
  PAYMENT_LEGS,
  type PlacedOrder,
  STOCK_LEGS,
} from '../domain/order.ts';

const money = object({ amount: number, currency: text });

const line: Shape<OrderLine> = object({ sku: text, quantity: number, price: money });

/** The members of a placed order, in its event and in the state. */
export const placedMembers = {
  orderId: text,
  userId: text,
  items: list(line),
  total: money,
  placedAt: text,
};

export const reason = oneOf(...CANCELLATION_REASONS);

export const byHand: Shape<ByHand> = objectWith({ by: text }, { why: text });

const placed: Shape<PlacedOrder> = object(placedMembers);

const legs = {
  placed,
  stock: oneOf(...STOCK_LEGS),
  payment: oneOf(...PAYMENT_LEGS),
  askedAgain: partial({ stock: number, payment: number, refund: number, release: number }),
};

/** The state of an order in a snapshot. */
export const orderState: Shape<Order> = cases<Order>(
  'kind',
  object({ kind: oneOf('none') }),
  object({ kind: oneOf('pending'), ...legs }),
  object({ kind: oneOf('confirmed'), ...legs }),
  object({ kind: oneOf('cancelling'), ...legs, reason }),
  object({ kind: oneOf('cancelled'), ...legs, reason }),
);
