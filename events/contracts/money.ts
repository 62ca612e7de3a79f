import * as z from 'zod/mini';
import type { Money } from '../../functions/kernel/values/money.ts';

export const currency = z.string().check(z.regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code'));

/** Whole minor units (cents) from 0, and an ISO 4217 code. */
export const money: z.ZodMiniType<Money> = z.object({
  amount: z.int().check(z.nonnegative()),
  currency,
});
