import { defineEnvironment } from '../kernel/values/environment.ts';

export const catalogEnvironment = defineEnvironment({ tableName: 'text' });
