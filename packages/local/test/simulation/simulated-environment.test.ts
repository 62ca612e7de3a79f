import { afterEach, describe, expect, it } from '@jest/globals';
import { CALM } from '../../src/simulation/disturbance.ts';
import { simulateProbe, writeProbes } from './probe-fixture.ts';

type Probe = Awaited<ReturnType<typeof simulateProbe>>;
const started: Probe[] = [];
const simulate = async (options: Parameters<typeof simulateProbe>[0] = {}): Promise<Probe> => {
  const probe = await simulateProbe(options);
  started.push(probe);
  return probe;
};
afterEach(async () => {
  for (const probe of started.splice(0)) await probe.stop();
});

describe('a simulated environment', () => {
  it('sees time stand still while it works, by every clock it has', async () => {
    const { ask, world } = await simulate();
    const { before, after } = await ask('standstill');
    expect(after).toEqual(before);
    expect(Math.abs(world.clock.now() - before[0])).toBeLessThan(1_000);
  });

  it('has timers that fire in virtual time, at their time', async () => {
    const { ask } = await simulate();
    const realMs = performance.now();
    // Its function may take ten seconds of virtual time.
    expect(await ask('abort')).toEqual({ elapsedMs: 5_000, name: 'TimeoutError' });
    const timedOut = await ask('timers');
    expect(timedOut.errorType).toBe('Sandbox.Timedout');
    expect(performance.now() - realMs).toBeLessThan(8_000);
  });

  it('finds no name, whatever a name server of this machine knows', async () => {
    const { ask } = await simulate();
    expect(await ask('names')).toEqual(['ENOTFOUND', 'ENOTFOUND', 'ENOTFOUND']);
  });

  it('takes no step for a timeout that nothing waits for, and has it passed all the same', async () => {
    const { ask, steps } = await simulate();
    expect(await ask('timeouts')).toEqual([true, true, false]);
    const before = steps();
    expect(await ask('timeouts', { quiet: true })).toEqual([null, true, false]);
    const quietSteps = steps() - before;
    expect(await ask('timeouts')).toEqual([true, true, false]);
    expect(steps() - before - quietSteps).toBe(quietSteps + 1);
  });

  it('draws all its chance from the seed', async () => {
    const draw = async (seed: number) => (await simulate({ seed })).ask('chance');
    const [first, again, other] = [await draw(7), await draw(7), await draw(8)];
    expect(again).toEqual(first);
    for (const name of ['number', 'bytes', 'int']) expect(other[name]).not.toEqual(first[name]);
    expect(new Set([...first.uuids, ...other.uuids]).size).toBe(4);
    for (const uuid of first.uuids) expect(uuid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab]/);
  });

  it('has the variables that the simulation gives, where its function has one of the name', async () => {
    const { ask } = await simulate({ variables: { AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '77', UNKNOWN: 'yes' } });
    expect(await ask('variable', { name: 'AWS_LAMBDA_FUNCTION_MEMORY_SIZE' })).toBe('77');
    expect(await ask('variable', { name: 'UNKNOWN' })).toBeNull();
  });

  it('is of one release or of the one beside it, by the seed', async () => {
    const askOften = async (seed: number) => {
      const { ask } = await simulate({ seed, beside: writeProbes('second'), disturbance: { ...CALM, coldStarts: 1 } });
      const answers: string[] = [];
      for (let time = 0; time < 12; time += 1) {
        answers.push(await ask('variable', { name: 'RELEASE' }));
      }
      return answers;
    };
    const [first, again] = [await askOften(5), await askOften(5)];
    expect(new Set(first)).toEqual(new Set(['first', 'second']));
    expect(again).toEqual(first);
  });

  it('reaches the system through node:http and fetch, and nothing that is not there', async () => {
    const { ask, world } = await simulate();
    const { url } = await world.listen('greeter', (_request, response) => {
      response.writeHead(418);
      response.end('hello');
    });
    expect(await ask('request', { url })).toBe('418 hello');
    expect(await ask('fetch', { url })).toBe(418);
    expect(await ask('refused')).toBe('ECONNREFUSED');
  });

  it('learns that a connection broke before its answer, and so does a client', async () => {
    const { ask, world, request } = await simulate();
    const { url } = await world.listen('breaker', (_request, response) => {
      response.destroy();
    });
    expect(await ask('broken', { url })).toBe('ECONNRESET');
    expect(await request({ method: 'GET', url })).toMatchObject({ code: 'ECONNRESET' });
  });

  it('has a host whose clock may be ahead or behind; its timers fire in time', async () => {
    const { ask, askTwin, world } = await simulate({ disturbance: { ...CALM, skewMs: 300_000 } });
    const skews = [];
    for (const each of [ask, askTwin, ask]) {
      const { startedAtMs, sleptMs } = await each('sleep', { ms: 2_000 });
      expect(sleptMs).toBe(2_000);
      skews.push(Math.round((startedAtMs + sleptMs - world.clock.now()) / 100));
    }
    expect(skews[0]).toBe(skews[2]);
    expect(skews[0]).not.toBe(skews[1]);
    for (const skew of skews) expect([skew !== 0, Math.abs(skew) <= 3_001]).toEqual([true, true]);
  });

  it('may be invoked twice for one asynchronous event', async () => {
    const { world, runUntilQuiet } = await simulate({ disturbance: { ...CALM, repeats: 1 } });
    const payload = JSON.stringify({ ask: 'remember' });
    const requestId = world.need('functions').invokeAsync({ functionName: 'probe', payload, source: 'test' });
    expect(await runUntilQuiet({ maxVirtualMs: 60_000 })).toMatchObject({ quiet: true });
    expect(world.journal.read('invocations').map(({ id }) => id)).toEqual([requestId, requestId]);
  });

  it('can give up on a call whose answer comes too late', async () => {
    const { ask, world } = await simulate();
    const { url } = await world.listen('silent', () => undefined);
    expect(await ask('impatient', { url })).toBe('AbortError');
  });

  it('ends as a real one does: by a timeout, an exit, an error that nobody catches, or with nothing left to wait for', async () => {
    const { ask } = await simulate();
    expect(await ask('slow')).toMatchObject({ errorType: 'Sandbox.Timedout' });
    expect(await ask('leave')).toMatchObject({ errorType: 'Runtime.ExitError' });
    expect(await ask('throwLater')).toMatchObject({ errorMessage: 'nobody catches this' });
    expect(await ask('never')).toBeNull();
    expect(await ask('chance')).toMatchObject({ number: expect.any(Number) });
  });

  it('can be killed in the middle of what it does; what it had sent takes effect', async () => {
    const { ask, world } = await simulate();
    const killed: boolean[] = [];
    let arrived = 0;
    const { url } = await world.listen('killer', (_request, response) => {
      arrived++;
      const [running] = world.journal.read('invocations');
      killed.push(world.need('environments').kill(String(running?.environmentId)));
      response.end();
    });
    await ask('remember');
    expect(await ask('request', { url })).toMatchObject({ errorType: 'Runtime.ExitError' });
    expect([arrived, killed]).toEqual([1, [true]]);
    expect(world.need('environments').kill('nobody')).toBe(false);
    expect(await ask('remember')).toEqual([1, 1, 'none']);
  });

  it('that runs out of memory ends with all in its thread; the next ones start in a new thread', async () => {
    const { ask, askTwin } = await simulate({ patienceMs: 20_000 });
    expect(await askTwin('remember')).toEqual([1, 1, 'none']);
    expect(await ask('exhaust')).toMatchObject({ errorType: 'Runtime.ExitError' });
    expect(await ask('remember')).toEqual([1, 1, 'none']);
    expect(await askTwin('remember')).toEqual([1, 1, 'none']);
  });

  it('that never gives control back ends the run, and is named', async () => {
    const { ask } = await simulate({ patienceMs: 1_500 });
    await expect(ask('spin')).rejects.toThrow('at work for 1500 ms of real time: a step of probe');
  });

  it('shares nothing with another one in the same thread', async () => {
    const { ask, askTwin } = await simulate();
    expect(await ask('remember')).toEqual([1, 1, 'none']);
    expect(await ask('remember')).toEqual([2, 2, 'yes']);
    expect(await askTwin('remember')).toEqual([1, 1, 'none']);
    await ask('leave');
    expect(await ask('remember')).toEqual([1, 1, 'none']);
  });

  it('does the same in a thread of its own', async () => {
    const { ask, askLone } = await simulate();
    expect(await askLone('remember')).toEqual(await ask('remember'));
    for (const fatal of ['leave', 'throwLater', 'slow']) {
      const [shared, lone] = [await ask(fatal), await askLone(fatal)];
      expect([lone.errorType, shared.errorType]).toEqual([shared.errorType, expect.any(String)]);
    }
  });

  it('is frozen after its answer: what comes meanwhile is there at the next invocation', async () => {
    const { ask, world, sleep } = await simulate();
    const { url } = await world.listen('greeter', (_request, response) => {
      response.end('late');
    });
    expect(await ask('leaveWork', { url })).toBe('answered before');
    await sleep(60_000);
    expect(await ask('lookAtWork')).toEqual({ answer: '200 late', cameLaterMs: 0 });
  });
});
