import type { Assembly } from '../assembly/assembly.ts';
import type { ResolvedAssembly } from '../assembly/resource-graph.ts';
import type { World } from '../core/world.ts';
import { type LambdaFunction, readFunction } from '../services/lambda/state/lambda-function.ts';

/** The functions that an assembly would have in this world. Nothing is made of them. */
export const readFunctions = (
  world: World,
  { assets }: Assembly,
  { resources }: ResolvedAssembly,
): readonly LambdaFunction[] =>
  resources
    .filter(({ type }) => type === 'AWS::Lambda::Function')
    .map((resource) => readFunction(world, resource, () => assets));
