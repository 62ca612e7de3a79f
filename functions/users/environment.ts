import { defineEnvironment } from '../kernel/environment.ts';

export const usersEnvironment = defineEnvironment({ tableName: 'text' });
