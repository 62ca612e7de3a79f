import * as z from 'zod/mini';
import { money } from '../../events/contracts/money.ts';

export const status = z.enum(['PENDING', 'CONFIRMED', 'CANCELLING', 'CANCELLED']);
/** An order that an operator cancelled has no reason besides. */
const cancellation = {
  reason: z.optional(z.enum(['out_of_stock', 'payment_declined', 'timed_out', 'customer', 'user_erased'])),
  cancelledBy: z.optional(z.enum(['customer', 'operator'])),
};
const step = z.enum(['stock', 'payment', 'refund', 'release']);
const line = z.object({ sku: z.string(), quantity: z.int(), price: money });

export const order = z.object({
  id: z.string(),
  status,
  ...cancellation,
  items: z.array(line),
  total: money,
  waitsFor: z.optional(z.array(step)),
  /** Of an order that is read by its id: since when each step is waited for, and when it is asked for again. */
  waits: z.optional(z.array(z.object({ step, since: z.string(), asked: z.int(), asksAgainAt: z.string() }))),
  version: z.int(),
  placedAt: z.string(),
});

/** What a list shows of an order. Its lines, and what it waits for, are read with the order itself. */
export const listedOrder = z.object({
  id: z.string(),
  status,
  /** How many different products. */
  lineCount: z.int(),
  total: money,
  version: z.int(),
  placedAt: z.string(),
});

export const pageOf = <Entry extends z.ZodMiniType>(entry: Entry) =>
  z.object({ items: z.array(entry), next: z.optional(z.string()) });

export const pastEvent = z.object({
  version: z.int(),
  type: z.string(),
  occurredAt: z.string(),
  items: z.optional(z.array(line)),
  total: z.optional(money),
  unavailable: z.optional(z.array(z.string())),
  ...cancellation,
});
