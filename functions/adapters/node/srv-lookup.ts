import { resolve4, resolveSrv } from 'node:dns/promises';
import { setTimeout } from 'node:timers/promises';
import type { ServiceInstance, ServiceLookup } from '../../kernel/calls/service-lookup.ts';
import { Refused } from '../../kernel/values/errors.ts';

/** No such name, or none of its records: then there is no task. */
const NONE: ReadonlySet<unknown> = new Set(['ENOTFOUND', 'ENODATA']);

const LONGEST_MS = 1_500;

const unavailable = (cause: unknown): Refused =>
  new Refused(
    {
      outcome: 'unavailable',
      code: 'dependency-unavailable',
      detail: 'Names cannot be looked up.',
      retryAfterSeconds: 1,
    },
    { cause },
  );

const orNone = (thrown: unknown): readonly [] => {
  if (thrown instanceof Error && 'code' in thrown && NONE.has(thrown.code)) return [];
  throw unavailable(thrown);
};

const inTime = async <T>(pending: Promise<T>): Promise<T> => {
  const clock = new AbortController();
  const late = setTimeout(LONGEST_MS, undefined, { signal: clock.signal, ref: false }).then(() => {
    throw unavailable(new Error(`no answer in ${LONGEST_MS} ms`));
  });
  try {
    return await Promise.race([pending, late]);
  } finally {
    clock.abort();
    late.catch(() => undefined);
  }
};

/**
 * Finds the tasks of a service by the SRV records of a private namespace, each with the address and the port where it is.
 * Only `resolve…` are used, which ask the name servers; `lookup` would ask the operating system.
 */
export const createSrvLookup = ({ namespace }: { readonly namespace: string }): ServiceLookup => {
  const find = async (service: string): Promise<readonly ServiceInstance[]> => {
    const records = await resolveSrv(`${service}.${namespace}`).catch(orNone);
    const found = records.map(async ({ name, port }) => {
      const addresses = await resolve4(name).catch(orNone);
      return addresses.map((address) => `${address}:${port}`);
    });
    const hosts = (await Promise.all(found)).flat();
    return [...new Set(hosts)].map((host) => ({ id: host, url: `http://${host}`, origin: 'deploy' }));
  };
  return { instances: (service) => inTime(find(service)) };
};
