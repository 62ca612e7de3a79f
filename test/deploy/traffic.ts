import { setTimeout as pause } from 'node:timers/promises';
import { place, registered, stocked, unique } from '../e2e/people.ts';
import type { System } from '../e2e/system.ts';

export interface Traffic {
  /** Ends it; answers how many requests there were, and what came back of those that failed. */
  stop(): Promise<{ readonly requests: number; readonly failures: readonly string[] }>;
}

/** Three lanes of a request every 150 ms load the machine without making the deploy slow. */
const PACE_MS = 150;

/** Steady requests that read, write and place orders, until they are stopped. */
export const startTraffic = async (system: System): Promise<Traffic> => {
  const sku = await stocked(system, 100_000);
  const { sub, client } = await registered(system);
  const failures: string[] = [];
  let requests = 0;
  let isOn = true;
  const lane = async (next: (turn: number) => ReturnType<typeof client>): Promise<void> => {
    for (let turn = 0; isOn; turn += 1) {
      const { status, text } = await next(turn).catch((error) => ({ status: 0, text: String(error) }));
      requests += 1;
      if (status !== 200 && status !== 202) failures.push(`${status} ${text.slice(0, 200)}`);
      await pause(PACE_MS);
    }
  };
  const lanes = [
    lane((turn) => system.anonymous('GET', turn % 2 === 0 ? `/products/${sku}` : '/products?limit=5')),
    lane(() => client('GET', `/users/${sub}`)),
    lane(() => place(client, sku, { key: unique('key') })),
  ];
  return {
    stop: async () => {
      isOn = false;
      await Promise.all(lanes);
      return { requests, failures };
    },
  };
};
