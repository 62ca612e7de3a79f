import { defineEnvironment } from '../kernel/values/environment.ts';

export const notificationsEnvironment = defineEnvironment({ tableName: 'text' });
