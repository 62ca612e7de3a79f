import { defineEnvironment } from './environment.ts';

/** What the two functions of an outbox read: the table whose rows leave. */
export const outboxEnvironment = defineEnvironment({ outboxTableName: 'text' });
