import { httpHandler } from '../../edge/http/handler.ts';
import { catalogApi } from '../api.contract.ts';
import { adjustStock } from '../commands/adjust-stock.ts';
import { requireProduct } from '../views/product-view.ts';
import { runtime, wireStock } from '../wiring.ts';

const stockWithin = wireStock();

export const handler = httpHandler(
  catalogApi,
  'adjust-stock',
  ({ params: { sku }, body: { delta }, principal, idempotencyKey, method, path, fingerprint, cause, remainingMs }) => {
    const request = { principal: principal.sub, method, path, key: idempotencyKey, fingerprint, remainingMs };
    const catalog = stockWithin(remainingMs);
    const readProduct = () => requireProduct(catalog.table, sku);
    return adjustStock(catalog, { request, sku, delta, cause, readProduct }, (product) => ({
      status: 200,
      body: { ...product, price: { ...product.price } },
    }));
  },
  runtime,
);
