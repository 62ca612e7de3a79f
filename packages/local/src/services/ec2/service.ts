import type { EmulatedService } from '../../core/emulated-service.ts';
import type { World } from '../../core/world.ts';
import { ec2ResourceTypes } from './resources.ts';

/** Virtual private clouds: names for others to refer to. */
export const createEc2Service = (world: World): EmulatedService => ({
  signingName: 'ec2',
  resourceTypes: ec2ResourceTypes(world),
});
