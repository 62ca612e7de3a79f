import { httpHandler } from '../../../../../functions/edge/http/handler.ts';
import { etag } from '../../../../../functions/kernel/values/etag.ts';
import { sampleItemsApi } from '../api.contract.ts';
import { requireSampleItem } from '../views/sample-item-view.ts';
import { runtime, wireSampleItems } from '../wiring.ts';

const { table } = wireSampleItems();

export const handler = httpHandler(
  sampleItemsApi,
  'get-sample-item',
  async ({ params: { id }, principal }) => {
    const body = await requireSampleItem(table, principal.sub, id);
    return { status: 200, body, headers: { etag: etag(body.version) } };
  },
  runtime,
);
