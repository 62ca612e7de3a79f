import type { Clock } from '../ports/clock.ts';
import { Refused } from '../values/errors.ts';

/** Where a service answers other services. */
export interface ServiceInstance {
  readonly id: string;
  /** Base address, without a trailing slash. */
  readonly url: string;
  /** `deploy`: a deployment registered it; only such an address is trusted by itself. */
  readonly origin: string;
}

/** The port through which callers find a service. */
export interface ServiceLookup {
  /** The healthy instances that may be called and have an address. */
  instances(service: string): Promise<readonly ServiceInstance[]>;
}

/** How long an answer counts as current, and how long it serves while the registry cannot be asked. */
const FRESH_MS = 5_000;
const LAST_KNOWN_GOOD_MS = 5 * 60_000;

interface Known {
  readonly instances: readonly ServiceInstance[];
  readonly atMs: number;
}

/** Whether an address may be called: what a deployment registered, or a host that the pattern permits. */
export const isAllowed = ({ url, origin }: ServiceInstance, allowedHost?: RegExp): boolean => {
  const host = /^https?:\/\/([^/:?#@\\]+)(?::\d+)?$/.exec(url)?.[1];
  if (host === undefined) return false;
  return origin === 'deploy' || (allowedHost?.test(host) ?? false);
};

/** Remembers answers for 5 s, and for 5 min when the registry cannot be asked. Concurrent callers share one question. */
export const createCachedLookup = (lookup: ServiceLookup, clock: Clock): ServiceLookup => {
  const known = new Map<string, Known>();
  const asking = new Map<string, Promise<readonly ServiceInstance[]>>();

  const ask = async (service: string): Promise<readonly ServiceInstance[]> => {
    try {
      const instances = await lookup.instances(service);
      known.set(service, { instances, atMs: clock.now() });
      return instances;
    } catch (thrown) {
      const last = known.get(service);
      if (!(thrown instanceof Refused) || last === undefined || clock.now() - last.atMs > LAST_KNOWN_GOOD_MS)
        throw thrown;
      return last.instances;
    } finally {
      asking.delete(service);
    }
  };

  return {
    instances: async (service) => {
      const last = known.get(service);
      if (last !== undefined && clock.now() - last.atMs < FRESH_MS) return last.instances;
      const question = asking.get(service) ?? ask(service);
      asking.set(service, question);
      return await question;
    },
  };
};
