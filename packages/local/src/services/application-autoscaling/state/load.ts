import type { Load } from '../../../core/ports.ts';
import type { World } from '../../../core/world.ts';
import type { Minutes } from './alarm.ts';
import { type Measure, REMEMBERED_MINUTES } from './tracking.ts';

const MINUTE_MS = 60_000;

/** How busy the tasks of services are said to be, minute by minute on the runtime's clock. */
export interface Loads {
  /** From the current minute on, until something else is said. */
  say(resourceId: string, load: Load): void;
  minutesOf(resourceId: string, measure: Measure): Minutes;
}

/** Calls back at the end of each minute in which something was said, and for as long as that is remembered. */
export const createLoads = (world: World, onMinute: (resourceId: string) => void): Loads => {
  const said = new Map<string, Load>();
  const minutes = new Map<string, readonly Load[]>();

  const endMinute = (resourceId: string) => {
    const remembered = [...(minutes.get(resourceId) ?? []), said.get(resourceId) ?? {}].slice(-REMEMBERED_MINUTES);
    minutes.set(resourceId, remembered);
    onMinute(resourceId);
    if (remembered.some((load) => Object.keys(load).length > 0)) waitForMinute(resourceId);
    else minutes.delete(resourceId);
  };

  const waitForMinute = (resourceId: string) => {
    const dueAtMs = (Math.floor(world.clock.now() / MINUTE_MS) + 1) * MINUTE_MS;
    world.agenda.schedule({ dueAtMs, kind: 'planned', what: 'look at the scaling of', subject: resourceId }, () =>
      endMinute(resourceId),
    );
  };

  return {
    say: (resourceId, load) => {
      said.set(resourceId, load);
      if (minutes.has(resourceId)) return;
      minutes.set(resourceId, []);
      waitForMinute(resourceId);
    },
    minutesOf: (resourceId, measure) => (minutes.get(resourceId) ?? []).map((load) => load[measure]),
  };
};
