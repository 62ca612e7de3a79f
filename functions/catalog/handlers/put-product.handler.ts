import { httpHandler } from '../../edge/http/handler.ts';
import { etag } from '../../kernel/values/etag.ts';
import { catalogApi } from '../api.contract.ts';
import { putProduct } from '../commands/put-product.ts';
import { requireProduct } from '../views/product-view.ts';
import { runtime, wireCatalog } from '../wiring.ts';

const catalog = wireCatalog();

export const handler = httpHandler(
  catalogApi,
  'put-product',
  async ({ params: { sku }, body, precondition, cause }) => {
    const { isNew } = await putProduct(catalog, sku, body, { cause, precondition });
    const product = await requireProduct(catalog.table, sku);
    const headers = { location: `/products/${sku}`, etag: etag(product.version) };
    return { status: isNew ? 201 : 200, body: product, headers };
  },
  runtime,
);
