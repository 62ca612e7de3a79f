import { defineEnvironment } from '../../../functions/kernel/values/environment.ts';

/** For a function that needs no more than every function has. */
export const noVariables = { contract: defineEnvironment({}), values: {} } as const;
