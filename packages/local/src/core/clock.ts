/** The only source of "now" in the runtime: epoch milliseconds. */
export interface Clock {
  now(): number;
}

export const systemClock: Clock = { now: () => Date.now() };

export interface ManualClock extends Clock {
  set(epochMs: number): void;
}

export const manualClock = (startMs: number): ManualClock => {
  let nowMs = startMs;
  return {
    now: () => nowMs,
    set: (epochMs) => {
      nowMs = Math.max(nowMs, epochMs);
    },
  };
};
