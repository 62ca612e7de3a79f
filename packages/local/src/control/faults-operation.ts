import type { ControlOperation } from './control-operation.ts';

/** `PUT`, `GET` and `DELETE /control/faults`: which calls of functions to AWS go wrong, and how often each rule fired. */
export const faultsOperations: readonly ControlOperation[] = [
  {
    method: 'PUT',
    run: ({ world: { faults } }, plan) => {
      faults.set(plan);
      return { body: faults.inspect() };
    },
  },
  { method: 'GET', run: ({ world: { faults } }) => ({ body: faults.inspect() }) },
  {
    method: 'DELETE',
    run: ({ world: { faults } }) => {
      const fired = faults.inspect();
      faults.clear();
      return { body: fired };
    },
  },
];
