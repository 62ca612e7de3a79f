import { defineEnvironment } from '../kernel/values/environment.ts';

export const paymentsEnvironment = defineEnvironment({ tableName: 'text' });
