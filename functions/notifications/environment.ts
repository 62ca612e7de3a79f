import { defineEnvironment } from '../kernel/environment.ts';

export const notificationsEnvironment = defineEnvironment({ tableName: 'text' });
