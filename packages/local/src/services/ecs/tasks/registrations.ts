import type { World } from '../../../core/world.ts';
import type { ServiceSpec } from '../state/service-spec.ts';
import type { Deployment } from './deployment.ts';
import type { Task } from './task.ts';

/** Tasks listen on loopback. */
const ADDRESS = '127.0.0.1';

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-discovery.html */
const attributesOf = (world: World, { name, cluster }: ServiceSpec, task: Task) => ({
  AWS_INSTANCE_IPV4: ADDRESS,
  AWS_INSTANCE_PORT: String(task.port),
  AVAILABILITY_ZONE: `${world.region}a`,
  REGION: world.region,
  ECS_CLUSTER_NAME: cluster,
  ECS_SERVICE_NAME: name,
  ECS_TASK_DEFINITION_FAMILY: task.definition.family,
});

/** Enters the tasks of a service in its registries while they run: from when they take requests until they are to stop. */
export const createRegistrations = (world: World) => {
  const entered = new Set<Task>();

  const update = (task: Task, spec: ServiceSpec, { registries, place }: Deployment): void => {
    if (registries.length === 0) return;
    const registry = world.need('registry');
    const isEntered = entered.has(task);
    if (task.status() !== 'RUNNING') {
      if (isEntered) for (const { arn } of registries) registry.deregister(arn, task.id);
      entered.delete(task);
      return;
    }
    if (task.isUp() && !isEntered) {
      entered.add(task);
      const attributes = attributesOf(world, spec, task);
      for (const { arn, containerPort } of registries) {
        registry.register(arn, { id: task.id, attributes, place, port: containerPort });
      }
    }
    if (!entered.has(task)) return;
    for (const { arn } of registries) registry.setHealth(arn, task.id, task.isUp() ? 'HEALTHY' : 'UNHEALTHY');
  };

  return { update };
};
