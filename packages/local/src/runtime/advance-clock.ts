import { type MovableClock, pauseInRealTime } from '../core/clock.ts';
import type { World } from '../core/world.ts';

export interface AdvanceReport {
  readonly nowMs: number;
  /** How many tasks fell due on the way. */
  readonly ran: number;
}

/** Between two looks, in real time. As in waitForQuiet, one look is not enough: work hops between sockets. */
const PAUSE_MS = 15;
/** How long work that has begun may hold up the clock: a function may itself wait for time to pass. */
const PATIENCE_MS = 30_000;

const isAtWork = ({ agenda, clock }: World): boolean =>
  agenda.running().some(({ kind }) => kind === 'pending') ||
  agenda.pending().some(({ dueAtMs, kind }) => kind === 'pending' && dueAtMs <= clock.now());

/** Waits until what has begun is done, and what is due at this moment with it. */
const settle = async (world: World): Promise<void> => {
  const untilMs = performance.now() + PATIENCE_MS;
  for (let quietLooks = 0; quietLooks < 2 && performance.now() < untilMs; ) {
    await world.agenda.runDue();
    quietLooks = isAtWork(world) ? 0 : quietLooks + 1;
    if (quietLooks < 2) await pauseInRealTime(PAUSE_MS);
  }
};

const advanceClock = async (world: World, clock: MovableClock, ms: number): Promise<AdvanceReport> => {
  const { agenda } = world;
  await settle(world);
  const untilMs = clock.now() + ms;
  let ran = 0;
  for (;;) {
    const due = agenda.pending().find(({ dueAtMs }) => dueAtMs <= untilMs);
    if (!due) break;
    clock.set(due.dueAtMs);
    ran += agenda.pending().filter(({ dueAtMs }) => dueAtMs <= clock.now()).length;
    agenda.clockMoved();
    await settle(world);
  }
  clock.set(untilMs);
  agenda.clockMoved();
  return { nowMs: clock.now(), ran };
};

/**
 * Moves the clock on by `ms`; everything that falls due on the way runs at its own time, and in order. One at a time: a
 * second call begins where the first ended.
 */
export const createAdvance = (world: World, clock: MovableClock): ((ms: number) => Promise<AdvanceReport>) => {
  let last: Promise<unknown> = Promise.resolve();
  return (ms) => {
    const report = last.then(() => advanceClock(world, clock, ms));
    last = report.catch(() => undefined);
    return report;
  };
};
