import { describe, expect, it } from '@jest/globals';
import { add, type Money, times } from '../../../../functions/kernel/values/money.ts';
import { confirmation } from '../../../../functions/notifications/domain/compose.ts';
import { fc } from '../../../support/properties.ts';

const currencies = fc.constantFrom('EUR', 'JPY', 'KWD');
const amounts = fc.oneof(fc.maxSafeNat(), fc.nat(1_000), fc.constantFrom(0, 1, Number.MAX_SAFE_INTEGER));
const moneys = fc.record({ amount: amounts, currency: currencies });

/** Without rounding, as no double can. */
const exactly = (a: number, b: number, operation: 'sum' | 'product'): bigint =>
  operation === 'sum' ? BigInt(a) + BigInt(b) : BigInt(a) * BigInt(b);

/** The exact amount, or nothing: never a rounded one. */
const isExactOrRefused = (work: () => Money, exact: bigint, currency: string): void => {
  if (exact > BigInt(Number.MAX_SAFE_INTEGER)) expect(work).toThrow(/ is not a safe integer of minor units$/);
  else expect(work()).toEqual({ amount: Number(exact), currency });
};

describe('money', () => {
  it('is added exactly, or not at all', () => {
    fc.assert(
      fc.property(moneys, amounts, ({ amount, currency }, other) => {
        isExactOrRefused(
          () => add({ amount, currency }, { amount: other, currency }),
          exactly(amount, other, 'sum'),
          currency,
        );
      }),
    );
  });

  it('is multiplied exactly, or not at all', () => {
    fc.assert(
      fc.property(moneys, fc.nat(1_000), (price, quantity) => {
        isExactOrRefused(() => times(price, quantity), exactly(price.amount, quantity, 'product'), price.currency);
      }),
    );
  });

  it('comes to the same sum in whatever order it is added', () => {
    const some = fc.array(fc.nat(1_000_000), { minLength: 1 });
    const sum = (all: readonly number[]) =>
      all.map((amount): Money => ({ amount, currency: 'EUR' })).reduce((total, next) => add(total, next));
    fc.assert(fc.property(some, (all) => expect(sum(all)).toEqual(sum(all.toReversed()))));
  });

  it('of two currencies is never added', () => {
    fc.assert(
      fc.property(moneys, moneys, (one, other) => {
        fc.pre(one.currency !== other.currency);
        expect(() => add(one, other)).toThrow(`cannot add ${other.currency} to ${one.currency}`);
      }),
    );
  });

  it('is written for people without loss', () => {
    const decimals: Readonly<Record<string, number>> = { EUR: 2, JPY: 0, KWD: 3 };
    fc.assert(
      fc.property(moneys, ({ amount, currency }) => {
        const { text } = confirmation({ orderId: 'o', userId: 'u', total: { amount, currency } });
        const [, whole = '', , cents = '', unit] = /charged (\d+)(\.(\d+))? ([A-Z]{3})\.$/.exec(text) ?? [];
        expect([Number(whole + cents), cents.length, unit]).toEqual([amount, decimals[currency], currency]);
        expect(whole).toBe(String(Number(whole)));
      }),
    );
  });
});
