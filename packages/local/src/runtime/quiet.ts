import type { Task } from '../core/agenda/task.ts';
import type { World } from '../core/world.ts';

export interface QuietReport {
  readonly quiet: boolean;
  /** What still runs or must still be done; empty when quiet. */
  readonly waitingFor: readonly Task[];
}

/** Between two looks. Quiet must last for one such pause: between two sockets, work is on no list for a moment. */
const PAUSE_MS = 15;

const PAUSE = 'look for quiet';

const workLeft = ({ agenda }: World): readonly Task[] =>
  [...agenda.running(), ...agenda.pending()].filter(({ kind, what }) => kind === 'pending' && what !== PAUSE);

const pause = ({ agenda, clock }: World) =>
  new Promise<void>((resolve) => {
    agenda.schedule({ dueAtMs: clock.now() + PAUSE_MS, kind: 'planned', what: PAUSE, subject: 'quiesce' }, resolve);
  });

/** Waits until nothing is in flight, queued for a consumer or due, but no longer than `timeoutMs`. */
export const waitForQuiet = async (world: World, timeoutMs: number): Promise<QuietReport> => {
  const deadlineMs = world.clock.now() + timeoutMs;
  for (let quietLooks = 0; ; ) {
    const waitingFor = workLeft(world);
    quietLooks = waitingFor.length === 0 ? quietLooks + 1 : 0;
    if (quietLooks === 2) return { quiet: true, waitingFor };
    if (world.clock.now() >= deadlineMs && waitingFor.length > 0) return { quiet: false, waitingFor };
    await pause(world);
  }
};
