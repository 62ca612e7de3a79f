import { createDynamoTable } from '../../../../functions/adapters/aws/dynamo-table.ts';
import { createRuntime, processEnvironment } from '../../../../functions/adapters/runtime.ts';
import { createCursors } from '../../../../functions/kernel/values/cursor.ts';
import { sampleItemsEnvironment } from './environment.ts';

export { wireOwnQueue } from '../../../../functions/adapters/aws/own-queue.ts';
export { wireRelay } from '../../../../functions/adapters/relay-ports.ts';

export const runtime = createRuntime();

export const wireSampleItems = () => ({
  table: createDynamoTable(processEnvironment(sampleItemsEnvironment)),
  clock: runtime.clock,
});

export const wireCursors = () => createCursors(runtime.hash);
