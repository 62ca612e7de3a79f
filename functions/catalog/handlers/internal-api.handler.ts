import { quoteItemsV1 } from '../../../events/contracts/catalog/quote-items.v1.ts';
import { answering, internalApiHandler } from '../../edge/http/internal-api.ts';
import { quote } from '../views/product-view.ts';
import { runtime, wireCatalog } from '../wiring.ts';

const catalog = wireCatalog();

export const handler = internalApiHandler(
  [answering(quoteItemsV1, ({ items }) => quote(catalog.table, items))],
  runtime,
);
