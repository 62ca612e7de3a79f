import { answeredTo } from '../../../../../functions/edge/grpc/status.ts';
import { httpHandler } from '../../../../../functions/edge/http/handler.ts';
import { sampleItemsApi } from '../api.contract.ts';
import { bodyOf, requestOf } from '../rpc/asked-entries.ts';
import { runtime, wireTasks } from '../wiring.ts';

const tasks = wireTasks();

export const handler = httpHandler(
  sampleItemsApi,
  'list-entries',
  async ({ query, cause, remainingMs }) => {
    const request = requestOf(query);
    const ask = { cause, deadlineMs: remainingMs() };
    const answer = await answeredTo(tasks.ask((client, options) => client.listEntries(request, options), ask));
    return { status: 200, body: bodyOf(answer) };
  },
  runtime,
);
