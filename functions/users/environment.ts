import { defineEnvironment } from '../kernel/values/environment.ts';

export const usersEnvironment = defineEnvironment({ tableName: 'text' });
