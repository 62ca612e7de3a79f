import { resolve } from 'node:path';
import { AwsError } from '../../../core/aws-call.ts';
import type { Json } from '../../../core/json.ts';
import type { ScalableServices, TaskDesk } from '../../../core/ports.ts';
import type { World } from '../../../core/world.ts';
import type { ContainerService } from '../tasks/container-service.ts';
import type { Launcher } from '../tasks/launcher.ts';
import type { TaskOptions } from '../tasks/roster.ts';
import type { ServiceSpec } from './service-spec.ts';
import type { TaskDefinition } from './task-definition.ts';

/** Every service of containers. */
export interface ServiceDirectory extends TaskDesk, ScalableServices {
  /** Replaces one of the same ARN, whose tasks are stopped. */
  add(spec: ServiceSpec, definition: TaskDefinition): Promise<void>;
  find(arn: string): ContainerService | undefined;
  remove(arn: string): Promise<void>;
  /** Starts the tasks of those that are there, and from now on of those that are added. */
  begin(): void;
  inspect(): readonly Json[];
  end(): Promise<void>;
}

/** Ctrl+C must have ended everything within two seconds. */
const END_WITHIN_MS = 1_000;

/** The last part of a service's ARN: `service/<cluster>/<service>`. */
const resourceIdOf = (arn: string): string => arn.slice(arn.lastIndexOf(':') + 1);

export interface ServiceDirectoryOptions extends Pick<TaskOptions, 'environment'> {
  /** Called when there is a service that needs it. Throws StartError. */
  readonly createLauncher: () => Promise<Launcher>;
}

export const createServiceDirectory = (
  world: World,
  { environment, createLauncher }: ServiceDirectoryOptions,
): ServiceDirectory => {
  const services = new Map<string, ContainerService>();
  let launcher: Launcher | undefined;
  let begun = false;

  const remove = async (arn: string) => {
    const service = services.get(arn);
    services.delete(arn);
    await service?.end('its service was removed');
  };

  const scaled = (resourceId: string) =>
    [...services.values()].find(({ spec }) => resourceIdOf(spec().arn) === resourceId);

  const taskOf = (taskId: string) => {
    const all = [...services.values()].flatMap((service) => service.tasks());
    const task = all.find(({ id }) => id === taskId);
    if (task) return task;
    throw new AwsError(
      'ResourceNotFoundException',
      `there is no task ${taskId}; there is ${all.map(({ id }) => id).join(', ')}`,
      404,
    );
  };

  return {
    add: async (spec, definition) => {
      await remove(spec.arn);
      // Loaded with the first service: a system without one shall not pay for it at its start.
      const { createContainerService } = await import('../tasks/container-service.ts');
      launcher ??= await createLauncher();
      const service = createContainerService(world, { launcher, environment }, spec, definition);
      services.set(spec.arn, service);
      if (begun) service.begin();
    },
    find: (arn) => services.get(arn),
    remove,
    setCapacity: (resourceId, capacity) => scaled(resourceId)?.setCapacity(capacity),
    setDesired: (resourceId, desired) => scaled(resourceId)?.setDesired(desired),
    scalable: (resourceId) => scaled(resourceId)?.scalable(),
    begin: () => {
      begun = true;
      for (const service of services.values()) service.begin();
    },
    inspect: () => [...services.values()].map((service) => service.inspect()),
    end: async () => {
      await Promise.all([...services.values()].map((service) => service.end('the runtime ends', END_WITHIN_MS)));
    },
    endTask: (taskId, how) => {
      const task = taskOf(taskId);
      if (how === 'kill') task.kill();
      else void task.stop('it was asked to');
    },
    reload: (bundleFolder) => {
      const folder = resolve(bundleFolder);
      return [...services.values()].filter((service) => service.reload(folder)).map(({ spec }) => spec().name);
    },
    serviceNames: () => [...services.values()].map(({ spec }) => spec().name),
  };
};
