import { createTokenVerifier } from '../adapters/access-tokens.ts';
import { createDynamoTable } from '../adapters/aws/dynamo-table.ts';
import { createRuntime, processEnvironment } from '../adapters/runtime.ts';
import { createTableCursors } from '../adapters/table-cursors.ts';
import { groupCommits } from '../kernel/stores/group-commit.ts';
import { type Table, withinTime } from '../kernel/stores/table.ts';
import { baseEnvironment } from '../kernel/values/environment.ts';
import { catalogEnvironment } from './environment.ts';

export { wireOwnQueue } from '../adapters/aws/own-queue.ts';
export { wireRelay } from '../adapters/relay-ports.ts';

export const runtime = createRuntime();

export const wireCatalog = () => ({
  table: createDynamoTable(processEnvironment(catalogEnvironment)),
  clock: runtime.clock,
  ids: runtime.ids,
});

/** For answers to other services: they ask again, and three times three calls would burden a table that is in trouble. */
export const wireAnswers = () => ({
  table: createDynamoTable({ ...processEnvironment(catalogEnvironment), callAttempts: 1 }),
});

/** For what many orders do to the stock of one product at once. */
export const wireStock = () => {
  const catalog = wireCatalog();
  const table = groupCommits(catalog.table);
  return (remainingMs: () => number) => ({ ...catalog, random: runtime.random, table: withinTime(table, remainingMs) });
};

/** Platform's stack writes the parameter. */
export const wireTokens = () =>
  createTokenVerifier(`/${processEnvironment(baseEnvironment).prefix}/identity/people`, runtime.clock);

/** The keys lie in the table of the list. */
export const wireCursors = (table: Table) => createTableCursors(table, runtime.clock);
