import { httpHandler } from '../../../../../functions/edge/http/handler.ts';
import { etag } from '../../../../../functions/kernel/values/etag.ts';
import { sampleItemsApi } from '../api.contract.ts';
import { decideSampleItem } from '../commands/decide-sample-item.ts';
import { viewOf } from '../views/sample-item-view.ts';
import { runtime, wireSampleItems } from '../wiring.ts';

const sampleItems = wireSampleItems();

export const handler = httpHandler(
  sampleItemsApi,
  'save-sample-item',
  async ({ params: { id }, body, principal, precondition, cause }) => {
    const command = { type: 'SaveSampleItem', text: body.text } as const;
    const named = { userId: principal.sub, id };
    const { state, version, isNew } = await decideSampleItem(sampleItems, named, command, {
      cause,
      precondition,
    });
    const headers = { location: `/sample-items/${id}`, etag: etag(version) };
    return { status: isNew ? 201 : 200, body: viewOf(id, state, version), headers };
  },
  runtime,
);
