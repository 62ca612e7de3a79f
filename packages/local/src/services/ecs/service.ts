import type { EmulatedService } from '../../core/emulated-service.ts';
import type { World } from '../../core/world.ts';
import { clusterType } from './resources/cluster.ts';
import { serviceType } from './resources/service.ts';
import { taskDefinitionType } from './resources/task-definition.ts';
import { createServiceDirectory } from './state/service-directory.ts';
import { createTaskDefinitions } from './state/task-definition.ts';
import { processLauncher } from './tasks/launcher.ts';

export interface EcsOptions {
  /** Variables that every task gets beside its own, e.g. `AWS_XRAY_DAEMON_ADDRESS`; asked at each start. */
  readonly environment?: () => Readonly<Record<string, string>>;
  /** Whether tasks run; without them services are read, and found without instances. Default true. */
  readonly runTasks?: boolean;
}

/** Services of containers, whose tasks run as processes of this machine. */
export const createEcsService = (world: World, options: EcsOptions = {}): EmulatedService => {
  const { environment = () => ({}), runTasks = true } = options;
  const definitions = createTaskDefinitions();
  const services = createServiceDirectory(world, { launcher: processLauncher, environment });
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
      if (runTasks) services.begin();
    },
    inspect: services.inspect,
  };
};
