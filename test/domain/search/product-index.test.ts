import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Listing } from '../../../functions/search/domain/listing.ts';
import type { SearchQuery } from '../../../functions/search/domain/search-query.ts';
import { createProductIndex, type ProductIndex } from '../../../functions/search/index/product-index.ts';

const listing = (sku: string, name: string, amount = 100, available = 1): Listing => ({
  sku,
  product: { name, price: { amount, currency: 'EUR' } },
  productVersion: 1,
  available,
  stockVersion: 1,
});

const GOODS = [
  listing('lamp', 'Desk lamp', 4900),
  listing('lamp-2', 'Floor lamp, brass', 12_900, 0),
  listing('lampshade', 'Lampshade', 1900),
  listing('cafe', 'Café table', 19_900),
  listing('chair-7', 'Chair', 8900),
];

let index: ProductIndex;
beforeEach(() => {
  index = createProductIndex();
  for (const each of GOODS) index.put({ listing: each, version: 1 });
});

const find = (text: string, rest: Partial<SearchQuery> = {}, page = { size: 20, passOver: 0 }) =>
  index.search({ text, inStock: false, ...rest }, page);
const skus = (...asked: Parameters<typeof find>) => find(...asked).products.map(({ sku }) => sku);

describe('searching for products', () => {
  it('finds a word, what begins with it, and what it was meant to be, in this order', () => {
    expect(skus('lamp')).toEqual(['lamp', 'lamp-2', 'lampshade']);
    expect(skus('lam')).toEqual(expect.arrayContaining(['lamp', 'lamp-2', 'lampshade']));
    expect(skus('lmap')).toEqual(['lamp', 'lamp-2']);
    expect(skus('chiar')).toEqual(['chair-7']);
    expect(skus('lampp')).toEqual(expect.arrayContaining(['lamp', 'lamp-2']));
    expect(skus('sofa')).toEqual([]);
  });

  it('asks for every word, in any order, case or accent', () => {
    expect(skus('LAMP desk')).toEqual(['lamp']);
    expect(skus('cafe')).toEqual(['cafe']);
    expect(skus('CAFÉ tab')).toEqual(['cafe']);
    expect(skus('desk chair')).toEqual([]);
    expect(skus('!?')).toEqual([]);
  });

  it('finds by sku', () => {
    expect(skus('chair-7')).toEqual(['chair-7']);
  });

  it('leaves out what the filters leave out', () => {
    expect(skus('lamp', { inStock: true })).toEqual(['lamp', 'lampshade']);
    expect(skus('lamp', { maxPrice: 4900, currency: 'EUR' })).toEqual(['lamp', 'lampshade']);
    expect(skus('lamp', { currency: 'USD' })).toEqual([]);
  });

  it('shows which part of the name was meant', () => {
    const [lamp] = find('lmap').products;
    expect(lamp?.highlights).toEqual([{ start: 5, end: 9 }]);
    const [cafe] = find('cafe').products;
    expect(cafe?.highlights).toEqual([{ start: 0, end: 4 }]);
    expect(find('lam').products.find(({ sku }) => sku === 'lampshade')?.highlights).toEqual([{ start: 0, end: 9 }]);
  });

  it('answers page by page, and says how many there are', () => {
    const first = find('lamp', {}, { size: 2, passOver: 0 });
    expect(first).toMatchObject({ total: 3, next: 2, products: [{ sku: 'lamp' }, { sku: 'lamp-2' }] });
    const second = find('lamp', {}, { size: 2, passOver: 2 });
    expect(second.products.map(({ sku }) => sku)).toEqual(['lampshade']);
    expect(second.next).toBeUndefined();
  });
});

describe('what is known of a product', () => {
  it('is replaced by what is newer only', () => {
    expect(index.put({ listing: listing('lamp', 'Torch'), version: 2 })).toBe(true);
    expect(index.put({ listing: listing('lamp', 'Desk lamp'), version: 1 })).toBe(false);
    expect(index.put({ listing: listing('lamp', 'Torch'), version: 2 })).toBe(false);
    expect(skus('torch')).toEqual(['lamp']);
    expect(skus('desk')).toEqual([]);
  });

  it('is not found before its name is known, and is with it', () => {
    const stock = { sku: 'new', productVersion: 0, available: 4, stockVersion: 1 };
    index.put({ listing: stock, version: 1 });
    expect(skus('new')).toEqual([]);
    index.put({ listing: { ...listing('new', 'New'), available: 4 }, version: 2 });
    expect(find('new').products).toMatchObject([{ sku: 'new', available: 4 }]);
  });

  it('gives the same answers in two tasks, whatever came before in each', () => {
    const other = createProductIndex();
    for (const each of GOODS.toReversed())
      other.put({
        listing: { ...each, product: { name: `Lamp ${each.sku}`, price: { amount: 1, currency: 'EUR' } } },
        version: 1,
      });
    for (const each of GOODS) other.put({ listing: each, version: 2 });
    for (const text of ['lamp', 'lmap', 'desk', 'table', 'la'])
      expect(other.search({ text, inStock: false }, { size: 9, passOver: 0 })).toEqual(
        find(text, {}, { size: 9, passOver: 0 }),
      );
  });
});
