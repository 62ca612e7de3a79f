import { httpHandler } from '../../edge/http/handler.ts';
import { catalogApi } from '../api.contract.ts';
import { adjustStock } from '../commands/adjust-stock.ts';
import { requireProduct } from '../views/product-view.ts';
import { runtime, wireCatalog } from '../wiring.ts';

const catalog = wireCatalog();

export const handler = httpHandler(
  catalogApi,
  'adjust-stock',
  async ({ params: { sku }, body }) => {
    await adjustStock(catalog, sku, body.delta);
    return { status: 200, body: await requireProduct(catalog.table, sku) };
  },
  runtime,
);
