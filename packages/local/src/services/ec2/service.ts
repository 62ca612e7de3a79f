import type { EmulatedService } from '../../core/emulated-service.ts';
import type { World } from '../../core/world.ts';
import { ec2ResourceTypes } from './resources.ts';
import { createNetworkState } from './state.ts';

/** Virtual private clouds: the rules of security groups, and names for others to refer to. */
export const createEc2Service = (world: World): EmulatedService => {
  const network = createNetworkState();
  world.provide('network', network);
  return { signingName: 'ec2', resourceTypes: ec2ResourceTypes(world, network) };
};
