import { defineEnvironment } from '../kernel/values/environment.ts';

/** Of the functions that write the table. */
export const searchEnvironment = defineEnvironment({ tableName: 'text' });

/** Of the function that asks the tasks: the private namespace that they are entered in. */
export const askingEnvironment = defineEnvironment({ taskNamespace: 'text' });

/** Of the tasks: where they listen, and how long they go on when they are to stop. */
export const taskEnvironment = defineEnvironment({
  tableName: 'text',
  host: 'text',
  port: 'integer',
  drainSeconds: 'integer',
});

/** What tasks are entered as in the private namespace. */
export const TASK_NAME = 'search';
