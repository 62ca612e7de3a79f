/**
 * What a thread needs to read the same time: one number, shared. Of a `running` clock it is how far real time is
 * shifted, of a `standing` one it is now.
 */
export interface ClockFace {
  readonly kind: 'running' | 'standing';
  readonly buffer: SharedArrayBuffer;
}

/** The only source of "now" in the runtime: epoch milliseconds. */
export interface Clock {
  now(): number;
  /** Absent on a clock that always shows real time. */
  readonly face?: ClockFace;
}

export const systemClock: Clock = { now: () => Date.now() };

/** A clock that can be moved on; it never goes back. */
export interface MovableClock extends Clock {
  readonly face: ClockFace;
  set(epochMs: number): void;
}

/** Stands still unless it is set. */
export interface ManualClock extends MovableClock {}

export const manualClock = (startMs: number): ManualClock => {
  const shown = new Float64Array(new SharedArrayBuffer(Float64Array.BYTES_PER_ELEMENT));
  shown[0] = startMs;
  const now = () => shown[0] ?? startMs;
  return {
    now,
    set: (epochMs) => {
      shown[0] = Math.max(now(), epochMs);
    },
    face: { kind: 'standing', buffer: shown.buffer },
  };
};

/** Real time, and after `set` real time shifted into the future. */
export const shiftableClock = (): MovableClock => {
  const shift = new Float64Array(new SharedArrayBuffer(Float64Array.BYTES_PER_ELEMENT));
  const now = () => Date.now() + (shift[0] ?? 0);
  return {
    now,
    set: (epochMs) => {
      shift[0] = (shift[0] ?? 0) + Math.max(0, epochMs - now());
    },
    face: { kind: 'running', buffer: shift.buffer },
  };
};

/** For work that real time must pass for, such as an answer over a socket, whatever the clock shows. */
export const pauseInRealTime = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Runs `late` unless it is cancelled before that much real time has passed. */
export const afterRealTime = (ms: number, late: () => void): (() => void) => {
  const timeout = setTimeout(late, ms);
  return () => clearTimeout(timeout);
};
