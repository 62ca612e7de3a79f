import { defineEnvironment } from '../../../../functions/kernel/values/environment.ts';

/** Of the function that writes the table. */
export const sampleItemsEnvironment = defineEnvironment({ tableName: 'text' });

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
export const TASK_NAME = 'sample-items';
