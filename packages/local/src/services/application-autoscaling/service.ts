import type { EmulatedService } from '../../core/emulated-service.ts';
import type { World } from '../../core/world.ts';
import { scalingResourceTypes } from './resources.ts';
import { createScalingState } from './state.ts';

/** Application Auto Scaling: how many tasks a service has at least and at most; no policy is evaluated. */
export const createAutoScalingService = (world: World): EmulatedService => {
  const state = createScalingState();
  return {
    signingName: 'application-autoscaling',
    resourceTypes: scalingResourceTypes(world, state),
    inspect: () => state.targets().map(({ policies, ...target }) => ({ ...target, policies: [...policies.values()] })),
  };
};
