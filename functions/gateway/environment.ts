import { defineEnvironment } from '../kernel/values/environment.ts';

/** `services` are the names of the services that must be reachable, separated by commas. */
export const readinessEnvironment = defineEnvironment({ services: 'text' });
