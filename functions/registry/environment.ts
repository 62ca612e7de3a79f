import { defineEnvironment } from '../kernel/values/environment.ts';

export const registryEnvironment = defineEnvironment({ tableName: 'text' });

/** A regular expression over the host names that may register. */
export const allowedHostsEnvironment = defineEnvironment({ allowedHosts: 'text' });
