import type { Clock } from '../clock.ts';

/** setTimeout overflows beyond this many milliseconds (about 24.8 days). */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** What is due now runs after the current turn: setTimeout would add a millisecond to each step of a chain. */
const wakeIn = (delayMs: number, wake: () => void): (() => void) => {
  if (delayMs <= 0) {
    const immediate = setImmediate(wake);
    return () => clearImmediate(immediate);
  }
  const timeout = setTimeout(wake, Math.min(delayMs, LONGEST_TIMER_MS));
  return () => clearTimeout(timeout);
};

export interface WakeTimer {
  /** Infinite while it is not set. */
  dueAtMs(): number;
  /** Infinite: not at all. */
  setTo(dueAtMs: number): void;
  clear(): void;
}

/** One timer, set by what the clock shows. */
export const createWakeTimer = (clock: Clock, wake: () => void): WakeTimer => {
  let dueAtMs = Number.POSITIVE_INFINITY;
  let cancel = () => {};
  const clear = (): void => {
    cancel();
    dueAtMs = Number.POSITIVE_INFINITY;
  };
  return {
    dueAtMs: () => dueAtMs,
    setTo: (wantedMs) => {
      if (wantedMs === dueAtMs) return;
      clear();
      if (wantedMs === Number.POSITIVE_INFINITY) return;
      dueAtMs = wantedMs;
      cancel = wakeIn(wantedMs - clock.now(), () => {
        dueAtMs = Number.POSITIVE_INFINITY;
        wake();
      });
    },
    clear,
  };
};
