import { describe, expect, it } from '@jest/globals';
import { productDecider } from '../../../functions/catalog/domain/product-decider.ts';
import { specificationOf } from '../../support/decider-specification.ts';

const given = specificationOf(productDecider);
const details = { sku: 'lamp', name: 'Lamp', price: { amount: 100, currency: 'EUR' } };

describe('a product', () => {
  it('is news when it is new, or its name or price is', () => {
    given()
      .when({ type: 'PutProduct', ...details })
      .then({ type: 'ProductChanged', ...details });
    const dearer = { ...details, price: { amount: 101, currency: 'EUR' } };
    given({ type: 'ProductChanged', ...details })
      .when({ type: 'PutProduct', ...dearer })
      .then({ type: 'ProductChanged', ...dearer });
  });

  it.each([
    ['name', { ...details, name: 'Desk lamp' }],
    ['currency', { ...details, price: { amount: 100, currency: 'JPY' } }],
  ])('is news when its %s alone changes', (_what, changed) => {
    given({ type: 'ProductChanged', ...details })
      .when({ type: 'PutProduct', ...changed })
      .then({ type: 'ProductChanged', ...changed });
  });

  it('is absent before it is put', () => {
    given().thenState({ kind: 'absent' });
  });

  it('is no news when it is put as it is', () => {
    given({ type: 'ProductChanged', ...details })
      .when({ type: 'PutProduct', ...details })
      .then();
  });

  it('stops at an event that only later code knows', () => {
    const later = JSON.parse('{ "type": "OfLaterCode" }');
    expect(() => productDecider.evolve(productDecider.initialState, later)).toThrow('unhandled case');
  });
});
