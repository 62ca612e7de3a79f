import type { ServiceRegistry } from '../../kernel/calls/service-registry.ts';
import { describeError, type Log } from '../../kernel/ports/log.ts';

export interface Part {
  readonly name: string;
  readonly status: 'ready' | 'unavailable';
}

/** A service is ready when Cloud Map knows a healthy instance of it. Never throws. */
export const readinessOf = (
  serviceRegistry: Pick<ServiceRegistry, 'instances'>,
  services: readonly string[],
  log: Log,
): Promise<readonly Part[]> =>
  Promise.all(
    services.map(async (name): Promise<Part> => {
      try {
        const instances = (await serviceRegistry.instances(name)) ?? [];
        return { name, status: instances.some(({ healthy }) => healthy) ? 'ready' : 'unavailable' };
      } catch (thrown) {
        log.warn('readiness unknown', { part: name, ...describeError(thrown) });
        return { name, status: 'unavailable' };
      }
    }),
  );
