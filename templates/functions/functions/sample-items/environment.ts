import { defineEnvironment } from '../../../../functions/kernel/values/environment.ts';

export const sampleItemsEnvironment = defineEnvironment({ tableName: 'text' });
