import { defineEnvironment } from '../kernel/values/environment.ts';

export const ordersEnvironment = defineEnvironment({
  eventTableName: 'text',
  vaultTableName: 'text',
  viewTableName: 'text',
  patienceSeconds: 'integer',
});

/** What the two functions of the outbox read. */
export const ordersOutboxEnvironment = defineEnvironment({ outboxTableName: 'text', vaultTableName: 'text' });
