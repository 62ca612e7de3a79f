import { httpHandler } from '../../../../../functions/edge/http/handler.ts';
import { sampleItemsApi } from '../api.contract.ts';
import { listSampleItems } from '../views/sample-item-view.ts';
import { runtime, wireCursors, wireSampleItems } from '../wiring.ts';

const { table } = wireSampleItems();
const cursors = wireCursors(table);

const DEFAULT_LIMIT = 20;

export const handler = httpHandler(
  sampleItemsApi,
  'list-sample-items',
  async ({ query: { limit, cursor }, principal }) => {
    const scope = `sample items of ${principal.sub}`;
    const start = cursor === undefined ? undefined : await cursors.read(cursor, scope);
    const { items, next } = await listSampleItems(table, principal.sub, Number(limit ?? DEFAULT_LIMIT), start);
    return { status: 200, body: next === undefined ? { items } : { items, next: await cursors.write(next, scope) } };
  },
  runtime,
);
