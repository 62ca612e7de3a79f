import type { JsonObject } from './json.ts';

/** `amount` counts minor units (cents) as a safe integer; `currency` is an ISO 4217 code. */
export interface Money {
  readonly amount: number;
  readonly currency: string;
}

/** Its members in one order, whatever the order of those that were stored: a table keeps none. */
export const moneyShown = ({ amount, currency }: Money): Money & JsonObject => ({ amount, currency });

const safe = (amount: number): number => {
  if (!Number.isSafeInteger(amount)) throw new RangeError(`${amount} is not a safe integer of minor units`);
  return amount;
};

export const add = (a: Money, b: Money): Money => {
  if (a.currency !== b.currency) throw new RangeError(`cannot add ${b.currency} to ${a.currency}`);
  return { amount: safe(a.amount + b.amount), currency: a.currency };
};

export const times = (price: Money, quantity: number): Money => ({
  amount: safe(price.amount * quantity),
  currency: price.currency,
});
