import { SearchService } from '../../events/grpc/archipelago/search/v1/search_pb.ts';
import { createDynamoTable } from '../adapters/aws/dynamo-table.ts';
import { createContainerTable } from '../adapters/container/table.ts';
import { startGrpcServer } from '../adapters/grpc/server.ts';
import { createTaskClient } from '../adapters/grpc/task-client.ts';
import { pause } from '../adapters/node/pause.ts';
import { createSrvLookup } from '../adapters/node/srv-lookup.ts';
import { createRuntime, createTaskRuntime, processEnvironment } from '../adapters/runtime.ts';
import { createTableCursors } from '../adapters/table-cursors.ts';
import { askingEnvironment, searchEnvironment, TASK_NAME, taskEnvironment } from './environment.ts';

export { wireOwnQueue } from '../adapters/aws/own-queue.ts';

export const runtime = createRuntime();

export const wireSearch = () => ({
  table: createDynamoTable(processEnvironment(searchEnvironment)),
  clock: runtime.clock,
});

/** The tasks, found in the private namespace and asked by gRPC. */
export const wireTasks = () => {
  const { taskNamespace: namespace } = processEnvironment(askingEnvironment);
  const { clock, random, log } = runtime;
  return createTaskClient(SearchService, TASK_NAME, {
    clock,
    random,
    log,
    pause,
    lookup: createSrvLookup({ namespace }),
  });
};

export type StartServer = typeof startGrpcServer;

/** What a container's program is made of, and its settings. */
export const wireTask = () => {
  const { tableName, host, port, drainSeconds } = processEnvironment(taskEnvironment);
  const { inTrace, ...around } = createTaskRuntime();
  const table = createContainerTable({ tableName });
  const deps = {
    runtime: around,
    inTrace,
    table,
    cursors: createTableCursors(table, around.clock),
    startServer: startGrpcServer,
    pause,
  };
  return { deps, settings: { host, port, drainMs: drainSeconds * 1_000 } };
};
