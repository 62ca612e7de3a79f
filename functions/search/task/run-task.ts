import { SearchService } from '../../../events/grpc/archipelago/search/v1/search_pb.ts';
import { type InTrace, observedCalls } from '../../edge/grpc/observed-calls.ts';
import { type RunningTask, startTask } from '../../edge/tasks/start-task.ts';
import { createChangeSignal } from '../../kernel/calls/change-signal.ts';
import type { Runtime } from '../../kernel/ports/runtime.ts';
import type { Table } from '../../kernel/stores/table.ts';
import type { Cursors } from '../../kernel/values/cursor.ts';
import { createProductIndex } from '../index/product-index.ts';
import { createFollower } from '../views/follow-changes.ts';
import type { StartServer } from '../wiring.ts';
import { createSearchService } from './search-service.ts';

export interface TaskDeps {
  readonly runtime: Runtime;
  readonly inTrace: InTrace;
  readonly table: Pick<Table, 'query'>;
  readonly cursors: Cursors;
  readonly startServer: StartServer;
  readonly pause: (ms: number) => Promise<void>;
}

export interface TaskSettings {
  readonly host: string;
  readonly port: number;
  readonly drainMs: number;
}

/** An index in memory, filled from the table and kept up to date, behind a gRPC server. */
export const startSearchTask = (deps: TaskDeps, { host, port, drainMs }: TaskSettings): Promise<RunningTask> => {
  const { runtime, inTrace, table, cursors, startServer } = deps;
  const index = createProductIndex();
  const signal = createChangeSignal();
  const service = createSearchService(index, signal.changes, cursors);
  const { catchUp } = createFollower(table, index.put);
  return startTask(deps, {
    startServer: () =>
      startServer({
        host,
        port,
        services: [SearchService],
        routes: (router) => void router.service(SearchService, service),
        interceptors: [observedCalls(runtime, inTrace)],
      }),
    catchUp: async () => {
      if ((await catchUp()) > 0) signal.changed();
    },
    known: () => ({ products: index.size() }),
    drainMs,
  });
};
