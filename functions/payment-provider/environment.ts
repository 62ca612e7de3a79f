import { defineEnvironment } from '../kernel/values/environment.ts';

export const paymentProviderEnvironment = defineEnvironment({ tableName: 'text' });
