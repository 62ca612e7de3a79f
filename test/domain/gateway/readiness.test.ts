import { describe, expect, it } from '@jest/globals';
import { createReadiness } from '../../../functions/gateway/views/readiness.ts';
import type { ServiceInstance, ServiceLookup } from '../../../functions/kernel/calls/service-lookup.ts';
import { createRecordingRuntime } from '../../support/recording-runtime.ts';

const instance = (service: string, origin: string): ServiceInstance => ({
  id: `${service}-live`,
  url: `https://${service}.svc.internal`,
  origin,
});

const entered: Readonly<Record<string, readonly ServiceInstance[]>> = {
  users: [instance('users', 'lease'), instance('users', 'deploy')],
  orders: [instance('orders', 'lease')],
};

const lookup: ServiceLookup = {
  instances: async (service) => {
    if (service === 'catalog') throw new Error('no answer');
    return entered[service] ?? [];
  },
};

const readinessIn = (services: readonly string[]) => createReadiness(lookup, services, createRecordingRuntime().clock);

describe('readiness', () => {
  it('is lacking in every part of which no instance is known that would be called, and in no other', async () => {
    const { log } = createRecordingRuntime();
    expect(await readinessIn(['users', 'orders', 'payments', 'registry'])(log)).toEqual([
      { name: 'users', status: 'ready' },
      { name: 'orders', status: 'unavailable' },
      { name: 'payments', status: 'unavailable' },
      { name: 'registry', status: 'unavailable' },
    ]);
  });

  it('is lacking in a part that the directory cannot be asked about, with the reason in the log only', async () => {
    const { log, entries } = createRecordingRuntime();
    expect(await readinessIn(['catalog', 'users'])(log)).toEqual([
      { name: 'catalog', status: 'unavailable' },
      { name: 'users', status: 'ready' },
    ]);
    expect(entries).toEqual([
      expect.objectContaining({
        level: 'warn',
        fields: expect.objectContaining({ part: 'catalog', message: 'no answer' }),
      }),
    ]);
  });

  it('is asked for once in 5 s, however many callers there are', async () => {
    const { log } = createRecordingRuntime();
    let [nowMs, questions] = [1_000, 0];
    const counting: ServiceLookup = {
      instances: async (service) => {
        questions += 1;
        return entered[service] ?? [];
      },
    };
    const readiness = createReadiness(counting, ['users', 'orders'], { now: () => nowMs });
    const [first, second] = await Promise.all([readiness(log), readiness(log)]);
    nowMs += 4_999;
    expect([await readiness(log), second]).toEqual([first, first]);
    expect(questions).toBe(2);
    nowMs += 1;
    await readiness(log);
    expect(questions).toBe(4);
  });
});
