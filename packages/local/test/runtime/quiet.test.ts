import { describe, expect, it } from '@jest/globals';
import { createWorld } from '../../src/core/create-world.ts';
import { waitForQuiet } from '../../src/runtime/quiet.ts';
import { stopping } from '../core/stopping.ts';

const startedWorld = () => {
  const world = createWorld();
  world.agenda.start();
  return world;
};

const delivery = { kind: 'pending', what: 'retry delivery', subject: 'a-queue' } as const;

describe('waiting for quiet', () => {
  it('waits for owed work and for what that work schedules in turn', async () => {
    const world = startedWorld();
    await using _stopped = stopping(world);
    const done: string[] = [];
    world.agenda.schedule({ ...delivery, dueAtMs: world.clock.now() + 20 }, () => {
      done.push('first');
      world.agenda.schedule({ ...delivery, dueAtMs: world.clock.now() + 20 }, () => {
        done.push('second');
      });
    });
    expect(await waitForQuiet(world, 5_000)).toEqual({ quiet: true, waitingFor: [] });
    expect(done).toEqual(['first', 'second']);
  });

  it('does not wait for what is planned for later', async () => {
    const world = startedWorld();
    await using _stopped = stopping(world);
    world.agenda.schedule({ ...delivery, kind: 'planned', dueAtMs: world.clock.now() + 60_000 }, () => {});
    expect((await waitForQuiet(world, 5_000)).quiet).toBe(true);
  });

  it('gives up at the timeout and says what is still owed', async () => {
    const world = startedWorld();
    await using _stopped = stopping(world);
    const { promise, resolve } = Promise.withResolvers<void>();
    const invocation = world.agenda.track({ what: 'invoke', subject: 'slow-function' }, promise);
    const report = await waitForQuiet(world, 30);
    expect(report.quiet).toBe(false);
    expect(report.waitingFor).toMatchObject([{ what: 'invoke', subject: 'slow-function', kind: 'pending' }]);
    resolve();
    await invocation;
  });
});
