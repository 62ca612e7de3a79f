import { describe, expect, it } from '@jest/globals';
import { type Agenda, createAgenda } from '../../src/core/agenda.ts';
import { manualClock, systemClock } from '../../src/core/clock.ts';

const rethrow = (_appointment: unknown, error: unknown) => {
  throw error;
};
const entry = (dueAtMs: number) => ({ dueAtMs, kind: 'pending', what: 'deliver', subject: 'a-queue' }) as const;

const started = (): Agenda => {
  const agenda = createAgenda(systemClock, rethrow);
  agenda.start();
  return agenda;
};

describe('the agenda', () => {
  it('runs what is due in order of due time, then of insertion, as the clock is moved', async () => {
    const clock = manualClock(0);
    const agenda = createAgenda(clock, rethrow);
    const done: string[] = [];
    for (const [name, dueAtMs] of [
      ['late', 20],
      ['first', 10],
      ['second', 10],
    ] as const) {
      agenda.schedule(entry(dueAtMs), () => {
        done.push(name);
      });
    }
    clock.set(10);
    await agenda.runDue();
    expect(done).toEqual(['first', 'second']);
    clock.set(20);
    await agenda.runDue();
    expect(done).toEqual(['first', 'second', 'late']);
  });

  it('does not run what another that was due at the same time has cancelled', async () => {
    const agenda = started();
    const { promise, resolve } = Promise.withResolvers<void>();
    const done: string[] = [];
    const atMs = systemClock.now() + 5;
    agenda.schedule(entry(atMs), () => agenda.cancel(cancelled));
    const cancelled = agenda.schedule(entry(atMs), () => {
      done.push('cancelled');
    });
    agenda.schedule(entry(atMs), resolve);
    await promise;
    expect(done).toEqual([]);
    agenda.stop();
  });

  it('takes no millisecond for each step of a chain that is due at once', async () => {
    const agenda = started();
    const { promise, resolve } = Promise.withResolvers<void>();
    const step = (left: number) => {
      if (left === 0) resolve();
      else agenda.schedule(entry(systemClock.now()), () => step(left - 1));
    };
    let turns = 0;
    const count = () => {
      turns += 1;
      counting = setImmediate(count);
    };
    let counting = setImmediate(count);
    step(200);
    await promise;
    clearImmediate(counting);
    // One turn of the event loop a step; a timer of a millisecond would let it turn thousands of times.
    expect(turns).toBeLessThan(400);
    agenda.stop();
  });

  it('wakes in time for a task that is sooner than the one it waits for', async () => {
    const agenda = started();
    agenda.schedule(entry(systemClock.now() + 60_000), () => {});
    await new Promise<void>((resolve) => {
      agenda.schedule(entry(systemClock.now() + 5), resolve);
    });
    expect(agenda.pending()).toHaveLength(1);
    agenda.stop();
  });

  it('hands a failure to its keeper and goes on', async () => {
    const failures: string[] = [];
    const clock = manualClock(0);
    const agenda = createAgenda(clock, ({ what }, error) => failures.push(`${what}: ${error}`));
    agenda.schedule(entry(0), () => Promise.reject(new Error('no')));
    await agenda.runDue();
    expect([failures, agenda.running()]).toEqual([['deliver: Error: no'], []]);
  });
});
