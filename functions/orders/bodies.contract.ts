import * as z from 'zod/mini';
import { quantity, sku } from '../../events/contracts/fields.ts';
import { money } from '../../events/contracts/money.ts';
import type { DescribedService } from '../kernel/messages/contract.ts';

const paymentToken = z.string().check(z.regex(/^[\x21-\x7e]{1,200}$/, 'must be 1 to 200 visible ASCII characters'));
const newLine = z.strictObject({ sku, quantity });
export const newOrder = z.strictObject({
  items: z.array(newLine).check(z.minLength(1), z.maxLength(50)),
  paymentToken,
});

export const newOrderExample = { items: [{ sku: 'mug', quantity: 2 }], paymentToken: 'tok_ok' };

export const status = z.enum(['PENDING', 'CONFIRMED', 'CANCELLING', 'CANCELLED']);
/** An order that an operator cancelled has no reason besides. */
const cancellation = {
  reason: z.optional(z.enum(['out_of_stock', 'payment_declined', 'timed_out', 'customer', 'user_erased'])),
  cancelledBy: z.optional(z.enum(['customer', 'operator'])),
};
const step = z.enum(['stock', 'payment', 'refund', 'release']);
const wait = z.object({ step, since: z.iso.datetime(), asked: z.int(), asksAgainAt: z.iso.datetime() });
const line = z.object({ sku: z.string(), quantity: z.int(), price: money });

export const order = z.object({
  id: z.string(),
  status,
  ...cancellation,
  items: z.array(line),
  total: money,
  waitsFor: z.optional(z.array(step)),
  /** Of an order that is read by its id: since when each step is waited for, and when it is asked for again. */
  waits: z.optional(z.array(wait)),
  version: z.int(),
  placedAt: z.iso.datetime(),
});

/** What a list shows of an order. Its lines, and what it waits for, are read with the order itself. */
const listedOrder = z.object({
  id: z.string(),
  status,
  /** How many different products. */
  lineCount: z.int(),
  total: money,
  version: z.int(),
  placedAt: z.iso.datetime(),
});

const pageOf = <Entry extends z.ZodMiniType>(entry: Entry) =>
  z.object({ items: z.array(entry), next: z.optional(z.string()) });

export const orderPage = pageOf(order);
export const listedOrderPage = pageOf(listedOrder);

const pastEvent = z.object({
  version: z.int(),
  type: z.string(),
  occurredAt: z.iso.datetime(),
  items: z.optional(z.array(line)),
  total: z.optional(money),
  unavailable: z.optional(z.array(z.string())),
  ...cancellation,
});

export const orderHistory = z.object({ items: z.array(pastEvent) });

const total = { amount: 2400, currency: 'EUR' };
const items = [{ sku: 'mug', quantity: 2, price: { amount: 1200, currency: 'EUR' } }];
const placedAt = '2026-11-26T12:00:00.000Z';

export const placedExample = {
  id: '01M8B3M5H4957KA7CX0Z6EQ442',
  status: 'PENDING',
  items,
  total,
  waitsFor: ['stock'],
  version: 1,
  placedAt,
};
const listedExample = { id: placedExample.id, status: 'PENDING', lineCount: 1, total, version: 1, placedAt };
const eventExample = { version: 1, type: 'OrderPlaced', occurredAt: placedAt, items, total };

export const described: DescribedService = {
  service: 'orders',
  about: 'Orders, from the moment they are placed until they are final, and their history.',
  schemas: {
    NewOrder: { schema: newOrder, example: newOrderExample },
    NewOrderLine: { schema: newLine },
    Money: { schema: money, example: total },
    Order: { schema: order, example: placedExample },
    OrderLine: { schema: line },
    OrderWait: { schema: wait },
    OrderPage: { schema: orderPage, example: { items: [placedExample] } },
    ListedOrder: { schema: listedOrder, example: listedExample },
    ListedOrderPage: { schema: listedOrderPage, example: { items: [listedExample] } },
    OrderEvent: { schema: pastEvent, example: eventExample },
    OrderHistory: { schema: orderHistory, example: { items: [eventExample] } },
  },
};
