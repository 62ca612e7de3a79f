import { invocationHandler } from '../../edge/messages/invocation.ts';
import { list, number, object, readAs, text } from '../../kernel/values/shape.ts';
import { noteChanges } from '../commands/note-changes.ts';
import type { Change } from '../domain/listing.ts';
import { runtime, wireSearch } from '../wiring.ts';

const search = wireSearch();

/** Products as catalog's list shows them. */
const products = list(
  object({
    sku: text,
    name: text,
    price: object({ amount: number, currency: text }),
    available: number,
    version: number,
  }),
);

export const handler = invocationHandler(async (input) => {
  const listed = readAs(products, input.products);
  const changes = listed.flatMap(({ available, ...product }): readonly Change[] => [
    { kind: 'product', ...product },
    { kind: 'first-stock', sku: product.sku, available },
  ]);
  return { products: listed.length, written: await noteChanges(search, changes) };
}, runtime);
