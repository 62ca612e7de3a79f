import type { EmulatedService } from '../../core/emulated-service.ts';
import type { World } from '../../core/world.ts';
import { nameOnlyTypes } from './resources.ts';

/** `arn:aws:logs:…:log-group:<name>:*` */
const groupIn = (arn: string): string => arn.split(':log-group:')[1]?.split(':')[0] ?? arn;

/** Resource types that have an identity for others to refer to; of them a log group takes what rules send to it. */
export const createNameOnlyService = (world: World): EmulatedService => {
  world.targets.register('logs', async (arn, { payload }) => {
    const entry = { level: 'INFO', source: groupIn(arn), message: payload };
    world.journal.record('logs', { id: world.random.hex(8), atMs: world.clock.now(), ...entry });
  });
  return { signingName: 'name-only', resourceTypes: nameOnlyTypes(world) };
};
