import type { EmulatedService } from '../../core/emulated-service.ts';
import type { World } from '../../core/world.ts';
import { clusterType } from './resources/cluster.ts';
import { serviceType } from './resources/service.ts';
import { taskDefinitionType } from './resources/task-definition.ts';
import { createServiceDirectory } from './state/service-directory.ts';
import { createTaskDefinitions } from './state/task-definition.ts';

/** As processes of this machine, as containers of an engine, or not at all: then a service is there and has no tasks. */
export type TaskMode = 'processes' | 'containers' | 'none';

export interface EcsOptions {
  /** Variables that every task gets beside its own, e.g. `AWS_XRAY_DAEMON_ADDRESS`; asked at each start. */
  readonly environment?: () => Readonly<Record<string, string>>;
  /** Default: as processes. */
  readonly tasks?: TaskMode;
}

/** Services of containers, whose tasks run on this machine. */
export const createEcsService = (world: World, options: EcsOptions = {}): EmulatedService => {
  const { environment = () => ({}), tasks = 'processes' } = options;
  const definitions = createTaskDefinitions();
  const services = createServiceDirectory(world, {
    createLauncher: async () =>
      tasks === 'containers'
        ? (await import('./tasks/container-launcher.ts')).createContainerLauncher()
        : (await import('./tasks/launcher.ts')).processLauncher,
    environment,
  });
  world.provide('scaling', services);
  world.provide('tasks', services);
  world.onStop('tasks', services.end);
  return {
    signingName: 'ecs',
    resourceTypes: [
      clusterType(world),
      taskDefinitionType(world, definitions),
      serviceType(world, definitions, services),
    ],
    start: () => {
      if (tasks !== 'none') services.begin();
    },
    inspect: services.inspect,
  };
};
