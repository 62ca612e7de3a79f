import type { JsonObject } from '../../kernel/values/json.ts';
import { moneyShown } from '../../kernel/values/money.ts';
import type { OrderEvent, OrderLine } from '../domain/order.ts';
import { cancellationShown } from './cancellation-shown.ts';

export interface PastEvent {
  readonly version: number;
  /** RFC 3339, UTC. */
  readonly occurredAt: string;
  readonly event: OrderEvent;
}

const lineShown = ({ sku, quantity, price }: OrderLine): JsonObject => ({ sku, quantity, price: moneyShown(price) });

const details = (event: OrderEvent): JsonObject => {
  switch (event.type) {
    case 'OrderPlaced':
      return { items: event.items.map(lineShown), total: moneyShown(event.total) };
    case 'StockRejected':
      return { unavailable: event.unavailable };
    case 'CancellationStarted':
    case 'OrderCancelled':
      return cancellationShown(event.reason);
    default:
      return {};
  }
};

/** One line of an order's history as its customer sees it, field by field so that nothing else slips out. */
export const historyEntry = ({ version, occurredAt, event }: PastEvent): JsonObject => ({
  version,
  type: event.type,
  occurredAt,
  ...details(event),
});
