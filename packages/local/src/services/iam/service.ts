import type { EmulatedService } from '../../core/emulated-service.ts';
import type { World } from '../../core/world.ts';
import { iamResourceTypes } from './resources.ts';

/** Roles and their policies. Nothing calls IAM here; every other service asks what it holds. */
export const createIamService = (world: World): EmulatedService => ({
  signingName: 'iam',
  resourceTypes: iamResourceTypes(world),
});
