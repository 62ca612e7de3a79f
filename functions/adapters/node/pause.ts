import { setTimeout } from 'node:timers/promises';

export const pause = (ms: number): Promise<void> => setTimeout(ms);

const BASE_MS = 25;
const CAP_MS = 1_000;

/** Waits with full jitter before attempt `attempt` (1 is the first repetition), at most a second. */
export const pauseBefore = (attempt: number): Promise<void> =>
  pause(Math.random() * Math.min(CAP_MS, BASE_MS * 2 ** attempt));
