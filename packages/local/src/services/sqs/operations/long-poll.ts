import type { World } from '../../../core/world.ts';
import type { Queue } from '../state/queue.ts';

/** Tries at once, then whenever something becomes visible, until it finds something or `waitSeconds` have passed. */
export const longPoll = <T>(
  { agenda, clock }: World,
  queue: Queue,
  waitSeconds: number,
  attempt: () => readonly T[],
): readonly T[] | Promise<readonly T[]> => {
  const first = attempt();
  if (first.length > 0 || waitSeconds === 0) return first;
  return new Promise((resolve) => {
    const end = (found: readonly T[]) => {
      unsubscribe();
      agenda.cancel(deadline);
      resolve(found);
    };
    const unsubscribe = queue.onVisible(() => {
      const found = attempt();
      if (found.length > 0) end(found);
    });
    const dueAtMs = clock.now() + waitSeconds * 1000;
    const entry = { dueAtMs, kind: 'planned', what: 'end long poll', subject: queue.name } as const;
    const deadline = agenda.schedule(entry, () => end([]));
  });
};
