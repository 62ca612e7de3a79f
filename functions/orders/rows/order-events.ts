import { commitRows, type StoredEvents, type StoredKinds, storedEvents } from '../../kernel/stores/stored-events.ts';
import type { JsonObject } from '../../kernel/values/json.ts';
import { list, number, object, objectWith, oneOf, text } from '../../kernel/values/shape.ts';
import { type OrderEvent, STEPS } from '../domain/order.ts';
import { byHand, placedMembers, reason } from './order-shapes.ts';

const first = { upcasters: [], writes: 1 } as const;

/** Version 2 has the reason `operator` besides, and may say who of them it was. */
const operators = { upcasters: [(stored: JsonObject) => stored], writes: 2 } as const;

/** Version 2 has no payment token. Version 1 is written with an empty one: with that the release before cannot pay. */
const withoutToken = {
  upcasters: [({ paymentToken: _, ...stored }: JsonObject) => stored],
  writes: 1,
  write: (event: Extract<OrderEvent, { type: 'OrderPlaced' }>): JsonObject =>
    JSON.parse(JSON.stringify({ ...event, paymentToken: '' })),
} as const;

/**
 * Every event of an order as it is stored. To change one: add its upcaster and the new shape, and go on writing the old
 * version for one release, so that the release beside it can read what this one writes.
 */
const kinds: StoredKinds<OrderEvent> = {
  OrderPlaced: { ...withoutToken, shape: object({ type: oneOf('OrderPlaced'), ...placedMembers }) },
  StockReserved: { ...first, shape: object({ type: oneOf('StockReserved') }) },
  StockRejected: { ...first, shape: object({ type: oneOf('StockRejected'), unavailable: list(text) }) },
  PaymentRequested: { ...first, shape: object({ type: oneOf('PaymentRequested') }) },
  PaymentCaptured: { ...first, shape: object({ type: oneOf('PaymentCaptured') }) },
  PaymentDeclined: { ...first, shape: object({ type: oneOf('PaymentDeclined') }) },
  OrderConfirmed: { ...first, shape: object({ type: oneOf('OrderConfirmed') }) },
  CancellationStarted: { ...operators, shape: objectWith({ type: oneOf('CancellationStarted'), reason }, { byHand }) },
  RefundRequested: { ...first, shape: object({ type: oneOf('RefundRequested') }) },
  PaymentRefunded: { ...first, shape: object({ type: oneOf('PaymentRefunded') }) },
  StockReleaseRequested: { ...first, shape: object({ type: oneOf('StockReleaseRequested') }) },
  StockReleased: { ...first, shape: object({ type: oneOf('StockReleased') }) },
  OrderCancelled: { ...operators, shape: object({ type: oneOf('OrderCancelled'), reason }) },
  StepAskedAgain: {
    ...first,
    shape: objectWith({ type: oneOf('StepAskedAgain'), step: oneOf(...STEPS), attempt: number }, { byHand }),
  },
};

/** `deploy:check` holds releases to it as to events: a form of row is read by one release before the next one writes it. */
export const orderRows: Pick<StoredEvents<never>, 'aggregate' | 'versions'> = {
  aggregate: 'order-rows',
  versions: { commit: commitRows },
};

export const orderEvents: StoredEvents<OrderEvent> = storedEvents<OrderEvent>('order', kinds);
