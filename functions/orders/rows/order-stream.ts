import { createEventStore, type EventStore, type StoredShapes } from '../../kernel/stores/event-store.ts';
import type { Table } from '../../kernel/stores/table.ts';
import { isObject, type Json, type JsonObject } from '../../kernel/values/json.ts';
import { listIn, numberIn, objectIn, oneOf, textIn } from '../../kernel/values/members.ts';
import type { Money } from '../../kernel/values/money.ts';
import {
  type ByHand,
  CANCELLATION_REASONS,
  type ExistingOrder,
  type Order,
  type OrderEvent,
  type OrderLine,
  PAYMENT_LEGS,
  type PlacedOrder,
  STEPS,
  STOCK_LEGS,
} from '../domain/order.ts';

export type OrderStore = EventStore<OrderEvent, Order>;

const moneyIn = (from: JsonObject, name: string): Money => {
  const money = objectIn(from, name);
  return { amount: numberIn(money, 'amount'), currency: textIn(money, 'currency') };
};

const lineOf = (item: Json): OrderLine => {
  const line = isObject(item) ? item : {};
  return { sku: textIn(line, 'sku'), quantity: numberIn(line, 'quantity'), price: moneyIn(line, 'price') };
};

const placedOf = (from: JsonObject): PlacedOrder => ({
  orderId: textIn(from, 'orderId'),
  userId: textIn(from, 'userId'),
  items: listIn(from, 'items', lineOf),
  total: moneyIn(from, 'total'),
  paymentToken: textIn(from, 'paymentToken'),
  placedAt: textIn(from, 'placedAt'),
});

const reasonIn = (from: JsonObject) => oneOf(from, 'reason', CANCELLATION_REASONS);

const byHandIn = ({ byHand }: JsonObject): { readonly byHand?: ByHand } => {
  if (!isObject(byHand)) return {};
  const by = textIn(byHand, 'by');
  return { byHand: 'why' in byHand ? { by, why: textIn(byHand, 'why') } : { by } };
};

const eventOf = (event: JsonObject): OrderEvent => {
  const type = textIn(event, 'type');
  switch (type) {
    case 'OrderPlaced':
      return { type, ...placedOf(event) };
    case 'StockRejected':
      return { type, unavailable: listIn(event, 'unavailable', String) };
    case 'CancellationStarted':
      return { type, reason: reasonIn(event), ...byHandIn(event) };
    case 'OrderCancelled':
      return { type, reason: reasonIn(event) };
    case 'StepAskedAgain':
      return { type, step: oneOf(event, 'step', STEPS), attempt: numberIn(event, 'attempt'), ...byHandIn(event) };
    case 'StockReserved':
    case 'PaymentRequested':
    case 'PaymentCaptured':
    case 'PaymentDeclined':
    case 'OrderConfirmed':
    case 'RefundRequested':
    case 'PaymentRefunded':
    case 'StockReleaseRequested':
    case 'StockReleased':
      return { type };
    default:
      throw new Error('a stored event of an order has an unknown type');
  }
};

/** Snapshots of earlier versions have none. */
const askedAgainIn = ({ askedAgain }: JsonObject): ExistingOrder['askedAgain'] =>
  isObject(askedAgain)
    ? Object.fromEntries(STEPS.flatMap((step) => (step in askedAgain ? [[step, numberIn(askedAgain, step)]] : [])))
    : {};

const stateOf = (state: JsonObject): Order => {
  const kind = oneOf(state, 'kind', ['none', 'pending', 'confirmed', 'cancelling', 'cancelled']);
  if (kind === 'none') return { kind };
  const placed = placedOf(objectIn(state, 'placed'));
  const legs = {
    stock: oneOf(state, 'stock', STOCK_LEGS),
    payment: oneOf(state, 'payment', PAYMENT_LEGS),
    askedAgain: askedAgainIn(state),
  };
  return kind === 'pending' || kind === 'confirmed'
    ? { kind, placed, ...legs }
    : { kind, placed, reason: reasonIn(state), ...legs };
};

export const orderShapes: StoredShapes<OrderEvent, Order> = { eventOf, stateOf };

export const createOrderStore = (table: Table): OrderStore => createEventStore(table, orderShapes);
