import { stackOf } from '../core/thrown.ts';
import type { World } from '../core/world.ts';

/**
 * Node.js ends a process at a rejection that nothing handles. One bad value must not take the whole system along: what
 * happened is shown as an error of the runtime, and the runtime goes on.
 */
export const goOnAfterFaults = (world: World): void => {
  const report = (what: string) => (error: unknown) => {
    const message = `${what} in the local runtime, which goes on: ${stackOf(error)}`;
    const id = world.random.hex(8);
    world.journal.record('logs', { id, atMs: world.clock.now(), level: 'ERROR', source: 'runtime', message });
  };
  const onException = report('uncaught exception');
  const onRejection = report('unhandled rejection');
  process.on('uncaughtException', onException);
  process.on('unhandledRejection', onRejection);
  world.onStop('last resort', () => {
    process.off('uncaughtException', onException);
    process.off('unhandledRejection', onRejection);
  });
};
