import { defineEnvironment } from '../kernel/environment.ts';

export const catalogEnvironment = defineEnvironment({ tableName: 'text' });
