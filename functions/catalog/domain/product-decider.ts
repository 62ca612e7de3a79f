import { accept, type Decider } from '../../kernel/stores/decider.ts';
import { never } from '../../kernel/values/never.ts';
import type { Product, ProductChanged, PutProduct } from './product.ts';

const initialState: Product = { kind: 'absent' };

const isSame = (product: Product, { name, price }: PutProduct): boolean =>
  product.kind === 'listed' &&
  product.name === name &&
  product.price.amount === price.amount &&
  product.price.currency === price.currency;

export const productDecider: Decider<PutProduct, ProductChanged, Product> = {
  initialState,
  decide: (command, product) => (isSame(product, command) ? accept() : accept({ ...command, type: 'ProductChanged' })),
  evolve: (_product, event) => {
    switch (event.type) {
      case 'ProductChanged':
        return { kind: 'listed', sku: event.sku, name: event.name, price: event.price };
      default:
        return never(event.type);
    }
  },
};
