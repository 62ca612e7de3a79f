import { describe, expect, it } from '@jest/globals';
import type { OrderLine } from '../../../functions/orders/domain/order.ts';
import { quotedLines, totalOf } from '../../../functions/orders/domain/order-lines.ts';

const eur = (amount: number) => ({ amount, currency: 'EUR' });
const tea: OrderLine = { sku: 'tea', quantity: 2, price: eur(450) };
const cup: OrderLine = { sku: 'cup', quantity: 1, price: eur(1200) };

describe('the lines of an order', () => {
  it('carry the prices that were quoted', () => {
    const quote = { items: [cup, tea].map(({ sku, price }) => ({ sku, price })), unknown: [] };
    const asked = [tea, cup].map(({ sku, quantity }) => ({ sku, quantity }));
    expect(quotedLines(asked, quote)).toEqual([tea, cup]);
  });

  it('are refused together, each by its place, when products are not sold or have no price', () => {
    const quote = { items: [{ sku: 'tea', price: eur(450) }], unknown: ['tea', 'cup'] };
    const asked = ['cup', 'pot', 'tea'].map((sku) => ({ sku, quantity: 1 }));
    const detail = 'There is no such product.';
    expect(() => quotedLines(asked, quote)).toThrow(
      expect.objectContaining({
        refusal: {
          outcome: 'unprocessable',
          code: 'unknown-sku',
          detail: 'A product is not sold here.',
          fields: [0, 1, 2].map((at) => ({ pointer: `#/items/${at}/sku`, detail })),
        },
      }),
    );
  });
});

describe('the total of an order', () => {
  it('is the sum of price times quantity', () => {
    expect(totalOf([tea, cup])).toEqual({ kind: 'total', total: eur(2100) });
  });

  it('goes up to the last amount that a number holds exactly', () => {
    const most = { ...tea, quantity: 1, price: eur(Number.MAX_SAFE_INTEGER) };
    expect(totalOf([most])).toEqual({ kind: 'total', total: eur(Number.MAX_SAFE_INTEGER) });
  });

  const huge = eur((Number.MAX_SAFE_INTEGER - 1) / 2);
  it.each([
    [
      'a product named twice',
      [tea, cup, { ...cup, quantity: 9 }],
      'duplicate-sku',
      'A product may be named once; add up its quantity.',
      '#/items/2/sku',
    ],
    [
      'two currencies',
      [tea, { ...cup, price: { amount: 1, currency: 'JPY' } }],
      'mixed-currencies',
      'All products of an order must have one currency.',
      '#/items/1/sku',
    ],
    [
      'a line that is too dear',
      [{ ...tea, quantity: 3, price: huge }],
      'total-too-large',
      'The total of this order is too large.',
      '#/items/0/quantity',
    ],
    [
      'lines that together are too dear',
      [
        { ...tea, quantity: 2, price: huge },
        { ...cup, price: eur(2) },
      ],
      'total-too-large',
      'The total of this order is too large.',
      '#/items/1/quantity',
    ],
  ])('is refused for %s, which names the line', (_what, items, code, detail, pointer) => {
    expect(totalOf(items)).toEqual({
      kind: 'refused',
      refusal: { outcome: 'unprocessable', code, detail, fields: [{ pointer, detail }] },
    });
  });

  it('of no line is a defect', () => {
    expect(() => totalOf([])).toThrow('an order has at least one line');
  });
});
