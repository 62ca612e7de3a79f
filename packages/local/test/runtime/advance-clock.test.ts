import { afterEach, describe, expect, it } from '@jest/globals';
import { type MovableClock, manualClock, shiftableClock } from '../../src/core/clock.ts';
import type { JsonObject } from '../../src/core/json.ts';
import { type Runtime, startRuntime } from '../../src/runtime/start-runtime.ts';
import { writeAssembly } from '../assembly/written-assembly.ts';
import { type Lab, openLab } from '../lambda/lambda-lab.ts';
import { fakeThings } from './fake-services.ts';

const HOUR_MS = 3_600_000;
const NOON_MS = Date.UTC(2026, 10, 1, 12);

let runtime: Runtime | undefined;
let lab: Lab | undefined;
afterEach(async () => {
  await runtime?.stop();
  await lab?.close();
  runtime = undefined;
  lab = undefined;
});

const startWith = async (clock: MovableClock): Promise<Runtime> => {
  const assemblyFolder = writeAssembly({ Shop: { template: { Resources: {} } } });
  runtime = await startRuntime({ assemblyFolder, clock, services: fakeThings().services });
  return runtime;
};

/** Plans a repetition every `everyMs`, and notes when it ran. */
const repeat = ({ world: { agenda, clock } }: Runtime, what: string, everyMs: number, notes: string[]): void => {
  const startMs = clock.now();
  const plan = () => {
    const dueAtMs = clock.now() + everyMs;
    agenda.schedule({ dueAtMs, kind: 'planned', what, subject: 'test' }, () => {
      notes.push(`${what} ${clock.now() - startMs}`);
      plan();
    });
  };
  plan();
};

describe('advancing the clock', () => {
  it('runs what falls due in order, each at its own time, and what that plans in turn', async () => {
    const { world, advance } = await startWith(manualClock(NOON_MS));
    const notes: string[] = [];
    if (runtime) repeat(runtime, 'long', 1_000, notes);
    if (runtime) repeat(runtime, 'short', 400, notes);
    expect(await advance(2_100)).toEqual({ nowMs: NOON_MS + 2_100, ran: 7 });
    expect(notes).toEqual([
      'short 400',
      'short 800',
      'long 1000',
      'short 1200',
      'short 1600',
      'long 2000',
      'short 2000',
    ]);
    expect(world.clock.now()).toBe(NOON_MS + 2_100);
  });

  it('lets work that began finish before the clock moves on', async () => {
    const { world, advance } = await startWith(manualClock(NOON_MS));
    const { agenda, clock } = world;
    const notes: number[] = [];
    agenda.schedule({ dueAtMs: NOON_MS + 10, kind: 'pending', what: 'begin', subject: 'test' }, () => {
      const work = new Promise<void>((resolve) => setTimeout(resolve, 60)).then(() => {
        notes.push(clock.now() - NOON_MS);
      });
      void agenda.track({ what: 'slow work', subject: 'test' }, work);
    });
    await advance(HOUR_MS);
    expect(notes).toEqual([10]);
  });

  it('works on a system in real time over the control API, and real time goes on from there', async () => {
    const { world, controlUrl, controlToken } = await startWith(shiftableClock());
    const notes: string[] = [];
    if (runtime) repeat(runtime, 'hourly', HOUR_MS, notes);
    const post = (path: string, body: JsonObject) =>
      fetch(`${controlUrl}/control/clock/${path}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${controlToken}` },
        body: JSON.stringify(body),
      });
    const beforeMs = Date.now();
    const answered = await post('advance', { ms: 2.5 * HOUR_MS });
    expect([answered.status, await answered.json()]).toMatchObject([200, { ran: 2 }]);
    expect(notes).toHaveLength(2);
    const { promise, resolve } = Promise.withResolvers<void>();
    world.agenda.schedule({ dueAtMs: world.clock.now() + 5, kind: 'pending', what: 'go on', subject: 'test' }, resolve);
    await promise;
    expect(world.clock.now() - beforeMs).toBeGreaterThanOrEqual(2.5 * HOUR_MS);
    expect((await post('advance', { ms: -1 })).status).toBe(400);
    expect((await post('rewind', { ms: 1 })).status).toBe(404);
  });

  it('is seen by functions, also by one that ran before', async () => {
    const clock = shiftableClock();
    lab = await openLab({ clock, limits: { idleMs: 10 * HOUR_MS, surplusIdleMs: 10 * HOUR_MS } });
    await lab.addProbe('time');
    const seen = async () => JSON.parse((await lab?.invoke('time'))?.payload ?? '');
    const early = await seen();
    expect(Math.abs(early.now - Date.now())).toBeLessThan(HOUR_MS);
    clock.set(clock.now() + 5 * HOUR_MS);
    const late = await seen();
    for (const reading of [late.now, late.made, late.text + 999]) {
      expect(reading - early.now).toBeGreaterThanOrEqual(5 * HOUR_MS);
    }
    expect(late).toMatchObject({ given: 5, isDate: true });
  });
});
