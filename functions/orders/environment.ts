import { defineEnvironment } from '../kernel/values/environment.ts';

export const ordersEnvironment = defineEnvironment({
  eventTableName: 'text',
  viewTableName: 'text',
  patienceSeconds: 'integer',
});
