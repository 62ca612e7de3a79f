import { httpHandler } from '../../edge/http/handler.ts';
import { etag } from '../../kernel/values/etag.ts';
import { catalogApi } from '../api.contract.ts';
import { requireProduct } from '../views/product-view.ts';
import { runtime, wireCatalog } from '../wiring.ts';

const catalog = wireCatalog();

export const handler = httpHandler(
  catalogApi,
  'get-product',
  async ({ params: { sku } }) => {
    const product = await requireProduct(catalog.table, sku);
    return { status: 200, body: product, headers: { etag: etag(product.version) } };
  },
  runtime,
);
