import type { Money } from '../../kernel/values/money.ts';

export type Product =
  | { readonly kind: 'absent' }
  | { readonly kind: 'listed'; readonly sku: string; readonly name: string; readonly price: Money };

export interface PutProduct {
  readonly type: 'PutProduct';
  readonly sku: string;
  readonly name: string;
  readonly price: Money;
}

export interface ProductChanged {
  readonly type: 'ProductChanged';
  readonly sku: string;
  readonly name: string;
  readonly price: Money;
}
