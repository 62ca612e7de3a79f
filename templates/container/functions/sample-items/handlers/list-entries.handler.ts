import { answeredTo } from '../../../../../functions/edge/grpc/status.ts';
import { httpHandler } from '../../../../../functions/edge/http/handler.ts';
import { sampleItemsApi } from '../api.contract.ts';
import { bodyOf, requestOf, scopeOf } from '../rpc/asked-entries.ts';
import { runtime, wireCursors, wireTasks } from '../wiring.ts';

const tasks = wireTasks();
const cursors = wireCursors();

export const handler = httpHandler(
  sampleItemsApi,
  'list-entries',
  async ({ query: { cursor, ...query }, cause, remainingMs }) => {
    const scope = scopeOf(query);
    const request = requestOf(query, cursor === undefined ? undefined : cursors.read(cursor, scope));
    const ask = { cause, deadlineMs: remainingMs() };
    const answer = await answeredTo(tasks.ask((client, options) => client.listEntries(request, options), ask));
    return { status: 200, body: bodyOf(answer, (position) => cursors.write(position, scope)) };
  },
  runtime,
);
