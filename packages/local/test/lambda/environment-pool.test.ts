import { afterEach, describe, expect, it } from '@jest/globals';
import { manualClock } from '../../src/core/clock.ts';
import { isObject } from '../../src/core/json.ts';
import { FUNCTIONS, type Lab, openLab } from './lambda-lab.ts';

let lab: Lab;
afterEach(() => lab.close());

const environmentsOf = (name: string) => {
  const inspected = lab.service.inspect?.();
  const functions = isObject(inspected) && Array.isArray(inspected.functions) ? inspected.functions : [];
  return functions.find((fn) => isObject(fn) && fn.name === name)?.environments.$LATEST;
};

/** An environment is free when what runs behind its last answer is over. */
const rested = () => lab.until(() => lab.world.agenda.running().length === 0);

describe('the pool of environments', () => {
  it('lets requests beyond the cap of a function wait instead of starting more', async () => {
    lab = await openLab({ limits: { perFunction: 2 } });
    await lab.addProbe('takeTime');
    const answers = await Promise.all(Array.from({ length: 8 }, () => lab.invoke('takeTime', { ms: 50 })));
    expect(new Set(answers.map(({ payload }) => payload)).size).toBe(2);
    expect(lab.entries('invocations').filter(({ coldStart }) => coldStart)).toHaveLength(2);
  });

  it('throttles what exceeds the reserved concurrency of a function, waiting requests included', async () => {
    lab = await openLab();
    await lab.addProbe('takeTime', { ReservedConcurrentExecutions: 1 });
    const first = lab.invoke('takeTime', { ms: 20 });
    await expect(lab.invoke('takeTime', { ms: 1 })).rejects.toMatchObject({
      code: 'TooManyRequestsException',
      status: 429,
    });
    await first;
    expect(lab.entries('invocations').map(({ status }) => status)).toEqual(['throttled', 'ok']);
    expect(await lab.invoke('takeTime', { ms: 1 })).not.toHaveProperty('functionError');
  });

  it('never runs a function whose reserved concurrency is 0', async () => {
    lab = await openLab();
    await lab.addProbe('echo', { ReservedConcurrentExecutions: 0 });
    await expect(lab.invoke('echo')).rejects.toThrow('Rate Exceeded.');
  });

  it('ends the longest idle environment for another function at the cap of all', async () => {
    lab = await openLab({ limits: { total: 2 } });
    for (const name of ['a', 'b', 'c']) await lab.addProbe('count', {}, name);
    for (const name of ['a', 'b', 'c']) {
      await lab.invoke(name);
      await rested();
    }
    expect(['a', 'b', 'c'].map((name) => environmentsOf(name)?.idle)).toEqual([0, 1, 1]);
  });

  it('goes beyond the cap of all for a function that has no environment, since another may be waiting for it', async () => {
    lab = await openLab({ limits: { total: 1 } });
    for (const name of ['caller', 'callee']) await lab.addProbe('takeTime', {}, name);
    const calling = lab.invoke('caller', { ms: 200 });
    await lab.until(() => environmentsOf('caller')?.busy === 1);
    await lab.invoke('callee', { ms: 1 });
    expect(environmentsOf('caller')?.busy).toBe(1);
    await calling;
  });

  it('is back at the cap of all as soon as a function has more environments than it needs', async () => {
    lab = await openLab({ limits: { total: 2, patienceMs: 1 } });
    for (const name of ['wide', 'late']) await lab.addProbe('takeTime', {}, name);
    const calls = [lab.invoke('wide', { ms: 1_000 }), lab.invoke('wide', { ms: 1_000 })];
    await lab.until(() => environmentsOf('wide')?.busy === 2 && environmentsOf('wide')?.waiting === 0);
    await lab.invoke('late', { ms: 1 });
    await Promise.all(calls);
    await rested();
    expect([environmentsOf('wide'), environmentsOf('late')]).toMatchObject([{ idle: 1 }, { idle: 1 }]);
  });

  it('kills an environment in the middle of what it does, and uses another one afterwards', async () => {
    lab = await openLab();
    await lab.addProbe('takeTime');
    await lab.invoke('takeTime', { ms: 1 });
    const environmentId = String(lab.entries('invocations')[0]?.environmentId);
    await lab.until(() => environmentsOf('takeTime')?.idle === 1);
    const running = lab.invoke('takeTime', { ms: 60_000 });
    await lab.until(() => environmentsOf('takeTime')?.busy === 1);
    expect(lab.world.need('environments').kill(environmentId)).toBe(true);
    const { functionError, payload } = await running;
    expect([functionError, JSON.parse(payload).errorType]).toEqual(['Unhandled', 'Runtime.ExitError']);
    expect(await lab.invoke('takeTime', { ms: 1 })).not.toHaveProperty('functionError');
    expect(lab.world.need('environments').kill(environmentId)).toBe(false);
  });

  it('lets what comes together wait for the environment in use, as long as that is quick', async () => {
    lab = await openLab({ limits: { patienceMs: 10_000, crowd: 100 } });
    await lab.addProbe('takeTime');
    await Promise.all(Array.from({ length: 8 }, () => lab.invoke('takeTime', { ms: 1 })));
    await rested();
    expect(environmentsOf('takeTime')).toEqual({ busy: 0, idle: 1, waiting: 0 });
  });

  it('gives a crowd another environment, up to one for each processor, however quick the handler is', async () => {
    lab = await openLab({ limits: { patienceMs: 100, crowd: 3, processors: 2 } });
    await lab.addProbe('takeTime');
    const calling = { on: true };
    const callers = Array.from({ length: 8 }, async () => {
      while (calling.on) await lab.invoke('takeTime', { ms: 1 });
    });
    await lab.until(() => environmentsOf('takeTime')?.busy === 2);
    calling.on = false;
    await Promise.all(callers);
    await lab.until(() => environmentsOf('takeTime')?.busy === 0);
    expect(environmentsOf('takeTime')?.idle).toBe(2);
  });

  it('does not end an environment that was just used to make room for another one more', async () => {
    lab = await openLab({ limits: { total: 2, restMs: 60_000 } });
    for (const name of ['used', 'wanted']) {
      await lab.addProbe('takeTime', {}, name);
      await lab.invoke(name, { ms: 1 });
      await rested();
    }
    await Promise.all(Array.from({ length: 3 }, () => lab.invoke('wanted', { ms: 20 })));
    await rested();
    expect([environmentsOf('used'), environmentsOf('wanted')]).toMatchObject([{ idle: 1 }, { idle: 1 }]);
  });

  it('retires environments that stay idle, and what goes beyond the number kept warm sooner', async () => {
    const clock = manualClock(0);
    lab = await openLab({ clock, limits: { idleMs: 60_000, keptWarm: 1, surplusIdleMs: 10_000 } });
    for (const name of ['older', 'newer']) {
      clock.set(clock.now() + 1);
      await lab.addProbe('count', {}, name);
      await lab.invoke(name);
      await rested();
    }
    const idle = () => [environmentsOf('older')?.idle, environmentsOf('newer')?.idle];
    const sweepAt = async (ms: number) => {
      clock.set(ms);
      await lab.world.agenda.runDue();
    };
    await sweepAt(9_999);
    expect(idle()).toEqual([1, 1]);
    await sweepAt(10_001);
    expect(idle()).toEqual([0, 1]);
    await sweepAt(59_999);
    expect(idle()).toEqual([0, 1]);
    await sweepAt(70_000);
    expect(idle()).toEqual([0, 0]);
    expect(JSON.parse((await lab.invoke('newer')).payload)).toBe(1);
  });

  it('revokes the credentials of an environment that ended', async () => {
    const clock = manualClock(1_000);
    lab = await openLab({ clock });
    await lab.addProbe('environment');
    const { AWS_ACCESS_KEY_ID: key } = JSON.parse((await lab.invoke('environment')).payload);
    expect(lab.world.credentials.find(key)).toBeDefined();
    await rested();
    clock.set(120_000);
    await lab.world.agenda.runDue();
    expect(lab.world.credentials.find(key)).toBeUndefined();
  });

  it('runs the code of a reloaded bundle from the next invocation on, in every version', async () => {
    lab = await openLab();
    const properties = {
      FunctionName: 'reloaded',
      Code: { ZipFile: 'exports.echo = async () => "old"' },
      Handler: 'index.echo',
      Runtime: 'nodejs24.x',
    };
    await lab.add('AWS::Lambda::Function', 'Reloaded', properties, { 'local:bundle': `${FUNCTIONS}/probe` });
    await lab.add('AWS::Lambda::Version', 'V1', { FunctionName: 'reloaded' });
    await lab.addProbe('echo');
    expect((await lab.invoke('reloaded')).payload).toBe('"old"');
    expect((await lab.invoke('reloaded:1')).payload).toBe('"old"');
    expect(lab.functions.reload(`${FUNCTIONS}/probe/`)).toEqual(['reloaded']);
    expect((await lab.invoke('reloaded', { a: 1 })).payload).toBe('{"a":1}');
    expect((await lab.invoke('reloaded:1', { a: 1 })).payload).toBe('{"a":1}');
    expect(lab.functions.reload('/elsewhere')).toEqual([]);
  });

  it('lets an invocation under way finish when its code is reloaded, and then ends its environment', async () => {
    lab = await openLab({ limits: { perFunction: 1 } });
    const bundle = { 'local:bundle': `${FUNCTIONS}/probe` };
    const code = { Code: { S3Bucket: 'assets', S3Key: 'probe' }, Handler: 'index.takeTime', Runtime: 'nodejs24.x' };
    await lab.add('AWS::Lambda::Function', 'Slow', { FunctionName: 'slow', ...code }, bundle);
    const running = lab.invoke('slow', { ms: 30 });
    lab.functions.reload(`${FUNCTIONS}/probe`);
    await running;
    const next = await lab.invoke('slow', { ms: 1 });
    expect(await running).not.toHaveProperty('functionError');
    expect(next.payload).not.toBe((await running).payload);
    expect((await lab.invoke('slow', { ms: 1 })).payload).toBe(next.payload);
  });

  it('ends at once with invocations under way', async () => {
    lab = await openLab();
    await lab.addProbe('spin', { Timeout: 60 });
    const running = lab.invoke('spin');
    await lab.until(() => environmentsOf('spin')?.busy === 1);
    await lab.world.stop();
    expect(JSON.parse((await running).payload).errorType).toBe('Runtime.ExitError');
  });
});
