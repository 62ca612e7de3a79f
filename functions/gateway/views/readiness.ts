import { isAllowed, type ServiceLookup } from '../../kernel/calls/service-lookup.ts';
import type { Clock } from '../../kernel/ports/clock.ts';
import { describeError, type Log } from '../../kernel/ports/log.ts';

export interface Part {
  readonly name: string;
  readonly status: 'ready' | 'unavailable';
}

/** A service is ready when there is an instance of it that a caller would call. Never throws. */
const readinessOf = (lookup: ServiceLookup, services: readonly string[], log: Log): Promise<readonly Part[]> =>
  Promise.all(
    services.map(async (name): Promise<Part> => {
      try {
        const instances = await lookup.instances(name);
        return { name, status: instances.some((instance) => isAllowed(instance)) ? 'ready' : 'unavailable' };
      } catch (thrown) {
        log.warn('readiness unknown', { part: name, ...describeError(thrown) });
        return { name, status: 'unavailable' };
      }
    }),
  );

/** Anyone may ask, and each question costs the registry one for each service, of which an account has about 1,000 a second. */
const FRESH_MS = 5_000;

/** Answers from memory for 5 s; callers at the same time share one question. */
export const createReadiness = (
  lookup: ServiceLookup,
  services: readonly string[],
  clock: Clock,
): ((log: Log) => Promise<readonly Part[]>) => {
  let known: { readonly parts: Promise<readonly Part[]>; readonly askedAtMs: number } | undefined;
  return (log) => {
    if (known === undefined || clock.now() - known.askedAtMs >= FRESH_MS)
      known = { parts: readinessOf(lookup, services, log), askedAtMs: clock.now() };
    return known.parts;
  };
};
