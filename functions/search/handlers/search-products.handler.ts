import { answeredTo } from '../../edge/grpc/status.ts';
import { httpHandler } from '../../edge/http/handler.ts';
import { searchApi } from '../api.contract.ts';
import { bodyOf, requestOf } from '../rpc/asked-query.ts';
import { runtime, wireTasks } from '../wiring.ts';

const tasks = wireTasks();

export const handler = httpHandler(
  searchApi,
  'search-products',
  async ({ query, cause, remainingMs }) => {
    const request = requestOf(query);
    const ask = { cause, deadlineMs: remainingMs() };
    const answer = await answeredTo(tasks.ask((client, options) => client.search(request, options), ask));
    return { status: 200, body: bodyOf(answer) };
  },
  runtime,
);
