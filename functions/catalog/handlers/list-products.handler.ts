import { httpHandler } from '../../edge/http/handler.ts';
import { catalogApi } from '../api.contract.ts';
import { listProducts } from '../views/product-view.ts';
import { runtime, wireCatalog, wireCursors } from '../wiring.ts';

const catalog = wireCatalog();
const cursors = wireCursors(catalog.table);

const DEFAULT_LIMIT = 20;
const SCOPE = 'products';

export const handler = httpHandler(
  catalogApi,
  'list-products',
  async ({ query: { limit, cursor } }) => {
    const start = cursor === undefined ? undefined : await cursors.read(cursor, SCOPE);
    const { items, next } = await listProducts(catalog.table, Number(limit ?? DEFAULT_LIMIT), start);
    return { status: 200, body: next === undefined ? { items } : { items, next: await cursors.write(next, SCOPE) } };
  },
  runtime,
);
