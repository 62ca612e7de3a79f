import { defineEnvironment } from '../kernel/environment.ts';

export const ordersEnvironment = defineEnvironment({ eventTableName: 'text', viewTableName: 'text' });
