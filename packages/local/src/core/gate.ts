/** Where something happens that AWS may do a little later, or in another order. */
export type GateKind =
  | 'start'
  | 'invoke'
  | 'call'
  | 'reply'
  | 'timers'
  | 'stream'
  | 'queue'
  | 'delivery'
  | 'request'
  | 'response';

/** What AWS may do a second time: hand over a batch, deliver an event. */
export type RepeatKind = 'stream' | 'queue' | 'delivery' | 'event';

/**
 * Everything that leaves a function or enters one passes a gate. All stand open while a system runs; a simulation opens
 * one at a time, by its seed.
 */
export interface Gate {
  /** Resolves when it may happen. `content` is what passes, for the record of the run. */
  pass(kind: GateKind, subject: string, content?: string): Promise<void>;
  /** Whether AWS does again what it has done. */
  repeats(kind: RepeatKind): boolean;
  /** How many of `most` records or messages go into a batch; 1 to `most`. */
  batch(most: number): number;
  /** Work that real time must pass for, such as an answer of the database engine. */
  outside<T>(begin: () => Promise<T>): Promise<T>;
}

export const openGate: Gate = {
  pass: () => Promise.resolve(),
  repeats: () => false,
  batch: (most) => most,
  outside: (begin) => begin(),
};
