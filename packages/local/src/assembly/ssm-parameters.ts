import type { Json } from '../core/json.ts';
import { StartError } from '../core/start-error.ts';
import type { Stack } from './assembly.ts';
import type { Graph } from './graph.ts';
import { evaluate } from './intrinsics.ts';
import type { PropertyPath, Scope } from './scope.ts';

const SSM_PARAMETER = 'AWS::SSM::Parameter';

/** The value of an SSM parameter that some stack of the assembly creates. */
export const ssmParameterValue = (
  graph: Graph,
  scopeOf: (stack: Stack) => Scope,
  name: string,
  where: string,
  at: PropertyPath,
): string => {
  for (const stack of graph.stacks) {
    for (const [logicalId, { type, properties }] of stack.resources) {
      if (type !== SSM_PARAMETER || !graph.exists(stack, logicalId)) continue;
      const read = (property: string): Json | undefined => evaluate(properties[property] ?? '', scopeOf(stack), at);
      if (read('Name') === name) return String(read('Value'));
    }
  }
  throw new StartError(
    `SSM parameter ${name} is read, and no stack of this assembly creates it`,
    where,
    `add an ${SSM_PARAMETER} of that name to a stack`,
  );
};
