import type { Runtime } from '../runtime/start-runtime.ts';
import type { Started } from './banner.ts';

/** Tells the person at the keyboard, or with --json a program, what happens. */
export interface Reporter {
  started(started: Started): void;
  /** From here on edits are picked up. */
  watching(): void;
  reloaded(name: string, durationMs: number): void;
  /** A rebuild failed; the code before it goes on running. */
  buildFailed(message: string): void;
  /** Editing will have no effect until the next start. */
  notWatching(reason: string): void;
  /** Prints requests, what functions print, and everything that fails, as it happens. */
  follow(runtime: Pick<Runtime, 'world'>): void;
  /** From here on nothing is reported: what is cut off looks like a failure. */
  stopping(): void;
  stopped(): void;
}
