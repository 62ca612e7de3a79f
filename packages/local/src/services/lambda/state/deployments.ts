import type { Deployment } from '../../../compute/fleet.ts';
import type { World } from '../../../core/world.ts';
import { environmentVariables } from './environment-variables.ts';
import type { ResolvedFunction } from './function-directory.ts';

export const deploymentKey = (functionName: string, version: string): string => `${functionName}:${version}`;

/** One deployment for each function and version; its code folder is read anew for each environment, so that a reload moves it. */
export const createDeployments = (world: World, extraVariables: () => Readonly<Record<string, string>>) => {
  const deployments = new Map<string, Deployment>();
  return ({ fn, version }: Pick<ResolvedFunction, 'fn' | 'version'>): Deployment => {
    const key = deploymentKey(fn.name, version);
    const known = deployments.get(key);
    if (known) return known;
    const deployment: Deployment = {
      key,
      plan: () => {
        const id = world.random.uuid();
        return {
          id,
          functionName: fn.name,
          variables: environmentVariables(world, fn, version, id, extraVariables()),
          memoryMb: fn.memoryMb,
        };
      },
    };
    deployments.set(key, deployment);
    return deployment;
  };
};
