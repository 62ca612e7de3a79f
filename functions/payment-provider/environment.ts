import { defineEnvironment } from '../kernel/environment.ts';

export const paymentProviderEnvironment = defineEnvironment({ tableName: 'text' });
