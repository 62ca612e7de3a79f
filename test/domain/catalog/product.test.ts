import { describe, it } from '@jest/globals';
import { productDecider } from '../../../functions/catalog/domain/product-decider.ts';
import { specificationOf } from '../../support/decider-specification.ts';

const given = specificationOf(productDecider);
const details = { sku: 'lamp', name: 'Lamp', price: { amount: 100, currency: 'EUR' } };

describe('a product', () => {
  it('is news when it is new, or its name or price is', () => {
    given()
      .when({ kind: 'put', ...details })
      .then({ kind: 'changed', ...details });
    const dearer = { ...details, price: { amount: 101, currency: 'EUR' } };
    given({ kind: 'changed', ...details })
      .when({ kind: 'put', ...dearer })
      .then({ kind: 'changed', ...dearer });
  });

  it('is no news when it is put as it is', () => {
    given({ kind: 'changed', ...details })
      .when({ kind: 'put', ...details })
      .then();
  });
});
