import type { EmulatedService } from '../../core/emulated-service.ts';
import type { World } from '../../core/world.ts';
import { nameOnlyTypes } from './resources.ts';

/** Resource types that have an identity for others to refer to, and no behaviour here. */
export const createNameOnlyService = (world: World): EmulatedService => ({
  signingName: 'name-only',
  resourceTypes: nameOnlyTypes(world),
});
