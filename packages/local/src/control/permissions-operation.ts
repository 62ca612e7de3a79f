import type { ControlOperation } from './control-operation.ts';

/** Of each role, and of each resource with a policy: what it allows, what of that was used, and what was refused. */
export const permissionsOperation: ControlOperation = {
  method: 'GET',
  run: ({ world }) => ({ body: world.access.usage() }),
};
