import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../../../../test/support/eventually.ts';
import { isAlive } from '../../src/runtime/is-alive.ts';
import { type Runtime, startRuntime } from '../../src/runtime/start-runtime.ts';
import {
  ask,
  containerAssembly,
  control,
  healthyTasks,
  logged,
  service,
  shown,
  taskDefinition,
} from './container-fixture.ts';

let runtime: Runtime;
beforeAll(async () => {
  runtime = await startRuntime({ assemblyFolder: containerAssembly({ Service: service({ DesiredCount: 2 }) }) });
});
afterAll(() => runtime.stop());

describe('the tasks of a service', () => {
  it('run as often as is desired, each at a port of its own', async () => {
    const tasks = await healthyTasks(runtime, 2);
    expect(new Set(tasks.map(({ address }) => address)).size).toBe(2);
    expect(await Promise.all(tasks.map((task) => ask(task, '/word')))).toEqual(['one', 'one']);
    expect(await shown(runtime)).toMatchObject({ service: 'search', version: 'search:1', desired: 2 });
  });

  it('find what their definition and their image say, what Fargate adds, and nothing else', async () => {
    const [task] = await healthyTasks(runtime, 2);
    if (!task) throw new Error('no task runs');
    const { PATH, ...variables } = JSON.parse(await ask(task, '/env'));
    expect(variables).toEqual({
      WORD: 'one',
      FROM_IMAGE: 'yes',
      HOST: '127.0.0.1',
      PORT: task.address.split(':')[1],
      AWS_EXECUTION_ENV: 'AWS_ECS_FARGATE',
      AWS_REGION: 'us-east-1',
      AWS_DEFAULT_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: expect.stringMatching(/^ASIA/),
      AWS_SECRET_ACCESS_KEY: expect.any(String),
      AWS_SESSION_TOKEN: expect.any(String),
      AWS_ENDPOINT_URL: runtime.world.endpointUrl(),
      AWS_XRAY_DAEMON_ADDRESS: expect.stringMatching(/^127\.0\.0\.1:\d+$/),
    });
    expect(PATH.split(':')).toContain('/usr/bin');
    const { AWS_ACCESS_KEY_ID: key } = variables;
    expect(runtime.world.credentials.find(key)?.caller).toEqual({
      principal: 'arn:aws:iam::000000000000:role/search',
      taskId: task.id,
    });
  });

  it('have what they print in the journal, by service and task', async () => {
    const [task] = await healthyTasks(runtime, 2);
    const entries = runtime.world.journal.read('logs').filter(({ taskId }) => taskId === task?.id);
    expect(entries.map(({ message }) => message)).toContain('listening');
    expect(entries[0]).toMatchObject({ serviceName: 'search', source: 'search' });
  });

  it('have an error with its stack as one entry, as functions have', async () => {
    const [task] = await healthyTasks(runtime, 2);
    if (task) await ask(task, '/complain');
    const complaints = () => logged(runtime).filter((line) => line.includes('TypeError: no index'));
    const [complaint = '', ...others] = await eventually(
      'the error',
      async () => complaints().length > 0 && complaints(),
    );
    expect(complaint).toMatch(/^ERROR TypeError: no index\n {4}at .*server\.js:\d+/);
    expect(others).toEqual([]);
    expect(logged(runtime)).toEqual(expect.arrayContaining(['INFO two lines', 'INFO of one print']));
  });

  it('are asked to end, and end, when the control API stops one; another one takes its place', async () => {
    const [first, second] = await healthyTasks(runtime, 2);
    if (!first) throw new Error('no task runs');
    expect(await control(runtime, 'POST', `tasks/${first.id}/stop`)).toEqual({
      status: 202,
      answer: { task: first.id },
    });
    await eventually('the task to end', async () => !isAlive(first.pid));
    expect(logged(runtime)).toContain('ERROR asked to end');
    const now = await healthyTasks(runtime, 2);
    expect(now.map(({ id }) => id)).toContain(second?.id);
    expect(now.map(({ id }) => id)).not.toContain(first.id);
  });

  it('are started again when they end by themselves or are killed', async () => {
    for (const how of ['crash', 'kill'] as const) {
      const [first] = await healthyTasks(runtime, 2);
      if (!first) throw new Error('no task runs');
      if (how === 'kill') await control(runtime, 'POST', `tasks/${first.id}/kill`);
      else await ask(first, '/crash').catch(() => undefined);
      const why = how === 'kill' ? 'SIGKILL' : 'exit code 3';
      const line = `ERROR task ${first.id.slice(0, 8)} of search:1 ended by itself: ${why}`;
      await eventually(line, async () => logged(runtime).includes(line));
      await healthyTasks(runtime, 2);
    }
  });

  it('are named when one is asked for that is not there', async () => {
    const [first] = await healthyTasks(runtime, 2);
    const { status, answer } = await control(runtime, 'POST', 'tasks/nothing/stop');
    expect([status, answer.message]).toEqual([404, expect.stringContaining(first?.id ?? '')]);
  });
});

describe('a service', () => {
  it('is replaced when a look at its health fails so often in a row', async () => {
    const [first] = await healthyTasks(runtime, 2);
    if (!first) throw new Error('no task runs');
    await ask(first, '/sicken');
    const line = `ERROR task ${first.id.slice(0, 8)} of search:1 is not healthy`;
    await eventually(line, async () => logged(runtime).includes(line));
    const ids = (await healthyTasks(runtime, 2)).map(({ id }) => id);
    expect(ids).not.toContain(first.id);
    await eventually('the ill one to end', async () => !isAlive(first.pid));
  });

  it.each([
    [{ Image: 'nginx:latest' }, 'no container whose image is an asset'],
    [{ Command: [] }, 'no command'],
  ])('is refused with %j', async (container, complaint) => {
    const assemblyFolder = containerAssembly({ Definition: taskDefinition(container) });
    await expect(startRuntime({ assemblyFolder })).rejects.toThrow(complaint);
  });

  it('has no tasks where none are to run', async () => {
    const idle = await startRuntime({ assemblyFolder: containerAssembly(), tasks: 'none' });
    expect(await shown(idle)).toMatchObject({ service: 'search', desired: 1, tasks: [] });
    await idle.stop();
  });
});

describe('a task that does not end when it is asked to', () => {
  it('is killed after its stop timeout, and at the end of the runtime', async () => {
    const stubborn = taskDefinition({ Environment: [{ Name: 'STUBBORN', Value: 'yes' }], StopTimeout: 0.3 });
    const other = await startRuntime({ assemblyFolder: containerAssembly({ Definition: stubborn }) });
    const [first] = await healthyTasks(other, 1);
    if (!first) throw new Error('no task runs');
    await control(other, 'POST', `tasks/${first.id}/stop`);
    await eventually('the task to end', async () => !isAlive(first.pid));
    const [second] = await healthyTasks(other, 1);
    await other.stop();
    expect(isAlive(second?.pid ?? 0)).toBe(false);
  });
});
