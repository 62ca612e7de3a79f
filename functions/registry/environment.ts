import { defineEnvironment } from '../kernel/values/environment.ts';

export const registryEnvironment = defineEnvironment({ tableName: 'text' });

/** A regular expression over host names; nobody else may register. */
export const allowedHostsEnvironment = defineEnvironment({ allowedHosts: 'text' });
