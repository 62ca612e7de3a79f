import { AwsError } from '../../core/aws-call.ts';
import type { EmulatedService } from '../../core/emulated-service.ts';
import type { World } from '../../core/world.ts';
import { scalingResourceTypes } from './resources.ts';
import { createActivity } from './state/activity.ts';
import { createLoads } from './state/load.ts';
import { createScalingState } from './state/targets.ts';

/** Application Auto Scaling: how many tasks a service has, between two limits, by how busy they are said to be. */
export const createAutoScalingService = (world: World): EmulatedService => {
  const state = createScalingState(createActivity);

  const scale = (resourceId: string) => {
    const services = world.need('scaling');
    const target = state.targets().find((each) => each.resourceId === resourceId);
    const service = services.scalable(resourceId);
    if (!target || !service) return;
    const next = target.activity.decide([...target.policies.values()], {
      nowMs: world.clock.now(),
      min: target.min,
      max: target.max,
      ...service,
      minutesOf: (measure) => loads.minutesOf(resourceId, measure),
    });
    if (next !== undefined) services.setDesired(resourceId, next);
  };
  const loads = createLoads(world, scale);

  world.provide('load', {
    say: (serviceName, load) => {
      const target = state.targets().find(({ resourceId }) => resourceId.split('/').at(-1) === serviceName);
      if (target) loads.say(target.resourceId, load);
      else throw new AwsError('ObjectNotFoundException', `no scaling is set up for a service ${serviceName}`, 404);
    },
  });
  return {
    signingName: 'application-autoscaling',
    resourceTypes: scalingResourceTypes(world, state),
    inspect: () =>
      state.targets().map(({ resourceId, min, max, policies }) => ({
        resourceId,
        min,
        max,
        policies: [...policies].map(([name, policy]) => ({ name, ...policy })),
      })),
  };
};
