import { createDynamoTable } from '../../../../functions/adapters/aws/dynamo-table.ts';
import { createRuntime, processEnvironment } from '../../../../functions/adapters/runtime.ts';
import { createTableCursors } from '../../../../functions/adapters/table-cursors.ts';
import type { Table } from '../../../../functions/kernel/stores/table.ts';
import { sampleItemsEnvironment } from './environment.ts';

export { wireOwnQueue } from '../../../../functions/adapters/aws/own-queue.ts';
export { wireRelay } from '../../../../functions/adapters/relay-ports.ts';

export const runtime = createRuntime();

export const wireSampleItems = () => ({
  table: createDynamoTable(processEnvironment(sampleItemsEnvironment)),
  clock: runtime.clock,
});

/** The keys lie in the table of the list. */
export const wireCursors = (table: Table) => createTableCursors(table, runtime.clock);
