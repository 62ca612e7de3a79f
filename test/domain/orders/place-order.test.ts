import { describe, expect, it } from '@jest/globals';
import { Refused } from '../../../functions/kernel/values/errors.ts';
import type { OrderLine } from '../../../functions/orders/domain/order.ts';
import { orderDecider } from '../../../functions/orders/domain/order-decider.ts';
import { quotedLines } from '../../../functions/orders/domain/order-lines.ts';
import { orderPlaced, placed } from './scenario.ts';

const place = (items: readonly OrderLine[], given = orderDecider.initialState) => {
  const { total: _, ...order } = placed;
  return orderDecider.decide({ type: 'PlaceOrder', ...order, items }, given);
};

const line = (sku: string, quantity: number, amount: number, currency = 'EUR'): OrderLine => ({
  sku,
  quantity,
  price: { amount, currency },
});

describe('placing an order', () => {
  it('records the lines with their prices and the total', () => {
    expect(place(placed.items)).toEqual({ kind: 'accepted', events: [orderPlaced] });
  });

  it.each([
    ['a product named twice', [line('tea', 1, 1), line('tea', 1, 1)], 'duplicate-sku', '#/items/1/sku'],
    ['two currencies', [line('tea', 1, 1), line('cup', 1, 1, 'USD')], 'mixed-currencies', '#/items/1/sku'],
    [
      'a total beyond 2^53 - 1',
      [line('tea', 1, Number.MAX_SAFE_INTEGER), line('cup', 1, 1)],
      'total-too-large',
      '#/items/1/quantity',
    ],
    ['a line beyond 2^53 - 1', [line('tea', 2, Number.MAX_SAFE_INTEGER)], 'total-too-large', '#/items/0/quantity'],
  ])('refuses %s and names the field', (_, items, code, pointer) => {
    expect(place(items)).toMatchObject({
      kind: 'refused',
      refusal: { outcome: 'unprocessable', code, fields: [{ pointer }] },
    });
  });

  it('allows a total of exactly 2^53 - 1', () => {
    expect(place([line('tea', 1, Number.MAX_SAFE_INTEGER)])).toMatchObject({ kind: 'accepted' });
  });

  it('is refused for an id that is taken', () => {
    expect(place(placed.items, orderDecider.evolve({ kind: 'none' }, orderPlaced))).toMatchObject({
      refusal: { outcome: 'conflict' },
    });
  });
});

describe('pricing what was asked for', () => {
  it('takes prices from the quote and quantities from the order', () => {
    const quote = { items: [{ sku: 'tea', price: { amount: 450, currency: 'EUR' } }], unknown: [] };
    expect(quotedLines([{ sku: 'tea', quantity: 3 }], quote)).toEqual([line('tea', 3, 450)]);
  });

  it('names every line whose product is not sold', () => {
    const quote = { items: [{ sku: 'tea', price: { amount: 450, currency: 'EUR' } }], unknown: ['moon', 'sun'] };
    const asked = ['moon', 'tea', 'sun'].map((sku) => ({ sku, quantity: 1 }));
    expect(() => quotedLines(asked, quote)).toThrow(Refused);
    try {
      quotedLines(asked, quote);
    } catch (error) {
      expect(error).toMatchObject({
        refusal: { code: 'unknown-sku', fields: [{ pointer: '#/items/0/sku' }, { pointer: '#/items/2/sku' }] },
      });
    }
  });
});
