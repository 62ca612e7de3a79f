import { createDynamoTable } from '../../../../functions/adapters/aws/dynamo-table.ts';
import { createContainerTable } from '../../../../functions/adapters/container/table.ts';
import { startGrpcServer } from '../../../../functions/adapters/grpc/server.ts';
import { createTaskClient } from '../../../../functions/adapters/grpc/task-client.ts';
import { pause } from '../../../../functions/adapters/node/pause.ts';
import { createSrvLookup } from '../../../../functions/adapters/node/srv-lookup.ts';
import { createRuntime, createTaskRuntime, processEnvironment } from '../../../../functions/adapters/runtime.ts';
import { createTableCursors } from '../../../../functions/adapters/table-cursors.ts';
import { SampleItemsService } from '../../events/grpc/archipelago/sample_items/v1/sample_items_pb.ts';
import { askingEnvironment, sampleItemsEnvironment, TASK_NAME, taskEnvironment } from './environment.ts';

export { wireOwnQueue } from '../../../../functions/adapters/aws/own-queue.ts';

export const runtime = createRuntime();

export const wireSampleItems = () => ({
  table: createDynamoTable(processEnvironment(sampleItemsEnvironment)),
  clock: runtime.clock,
});

/** The tasks, found in the private namespace and asked by gRPC. */
export const wireTasks = () => {
  const { taskNamespace: namespace } = processEnvironment(askingEnvironment);
  const { clock, random, log } = runtime;
  return createTaskClient(SampleItemsService, TASK_NAME, {
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
