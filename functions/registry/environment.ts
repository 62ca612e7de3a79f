import { defineEnvironment } from '../kernel/environment.ts';

/** `allowedHosts` is a regular expression over host names; nobody else may register. */
export const registryEnvironment = defineEnvironment({ tableName: 'text', allowedHosts: 'text' });
