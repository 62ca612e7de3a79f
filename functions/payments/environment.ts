import { defineEnvironment } from '../kernel/environment.ts';

export const paymentsEnvironment = defineEnvironment({ tableName: 'text' });
