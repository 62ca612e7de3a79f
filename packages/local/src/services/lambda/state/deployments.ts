import type { Deployment } from '../../../compute/fleet.ts';
import type { World } from '../../../core/world.ts';
import { environmentVariables } from './environment-variables.ts';
import type { FunctionDirectory, ResolvedFunction } from './function-directory.ts';
import type { Resolvers } from './resolvers.ts';

export const deploymentKey = (functionName: string, version: string): string => `${functionName}:${version}`;

/** One deployment for each function and version; the function is read again for each environment, as it may have changed. */
export const createDeployments = (
  world: World,
  directory: FunctionDirectory,
  resolvers: Pick<Resolvers, 'of'>,
  extraVariables: () => Readonly<Record<string, string>>,
) => {
  const deployments = new Map<string, Deployment>();
  return ({ fn, version }: Pick<ResolvedFunction, 'fn' | 'version'>): Deployment => {
    const key = deploymentKey(fn.name, version);
    const known = deployments.get(key);
    if (known) return known;
    const deployment: Deployment = {
      key,
      plan: () => {
        const id = world.random.uuid();
        const now = directory.all().find(({ name }) => name === fn.name) ?? fn;
        const resolver = resolvers.of(now.name);
        return {
          id,
          functionName: now.name,
          ...(resolver !== undefined && { resolver }),
          variables: environmentVariables(world, now, version, id, extraVariables()),
          memoryMb: now.memoryMb,
        };
      },
    };
    deployments.set(key, deployment);
    return deployment;
  };
};
