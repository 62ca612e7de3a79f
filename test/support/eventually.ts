import { setTimeout as pause } from 'node:timers/promises';

/** Repeats until `probe` answers something truthy; fails with `what` and the last answer after `withinMs`. */
export const eventually = async <T>(
  what: string,
  probe: () => Promise<T | undefined | false>,
  withinMs = 20_000,
): Promise<T> => {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const answer = await probe();
    if (answer !== undefined && answer !== false) return answer;
    if (Date.now() > deadline) throw new Error(`not within ${withinMs} ms: ${what}`);
    await pause(25);
  }
};
