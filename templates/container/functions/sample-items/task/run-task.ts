import { type InTrace, observedCalls } from '../../../../../functions/edge/grpc/observed-calls.ts';
import { type RunningTask, startTask } from '../../../../../functions/edge/tasks/start-task.ts';
import type { Runtime } from '../../../../../functions/kernel/ports/runtime.ts';
import type { Table } from '../../../../../functions/kernel/stores/table.ts';
import type { Cursors } from '../../../../../functions/kernel/values/cursor.ts';
import { SampleItemsService } from '../../../events/grpc/archipelago/sample_items/v1/sample_items_pb.ts';
import { createEntryIndex } from '../index/entry-index.ts';
import { followEntries } from '../views/follow-entries.ts';
import type { StartServer } from '../wiring.ts';
import { createSampleItemsService } from './sample-items-service.ts';

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

/** Every entry in memory, filled from the table and kept up to date, behind a gRPC server. */
export const startSampleItemsTask = (deps: TaskDeps, { host, port, drainMs }: TaskSettings): Promise<RunningTask> => {
  const { runtime, inTrace, table, cursors, startServer } = deps;
  const index = createEntryIndex();
  const service = createSampleItemsService(index, cursors);
  const { catchUp } = followEntries(table, index.put);
  return startTask(deps, {
    startServer: () =>
      startServer({
        host,
        port,
        services: [SampleItemsService],
        routes: (router) => void router.service(SampleItemsService, service),
        interceptors: [observedCalls(runtime, inTrace)],
      }),
    catchUp: async () => {
      await catchUp();
    },
    known: () => ({ entries: index.size() }),
    drainMs,
  });
};
