import type { Ids } from '../values/ids.ts';
import type { Clock } from './clock.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';
import type { Tracing } from './tracing.ts';

/** Chance: at least 0, below 1. */
export type Random = () => number;

/** What surrounds a function's code; made once per execution environment by functions/adapters/runtime.ts. */
export interface Runtime {
  readonly service: string;
  readonly functionName: string;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly random: Random;
  /** SHA-256, hexadecimal. */
  readonly hash: (text: string) => string;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly tracing: Tracing;
}
