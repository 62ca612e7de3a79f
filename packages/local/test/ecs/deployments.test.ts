import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from '../../../../test/support/eventually.ts';
import type { JsonObject } from '../../src/core/json.ts';
import { type Runtime, startRuntime } from '../../src/runtime/start-runtime.ts';
import {
  ask,
  containerAssembly,
  healthyTasks,
  imageFolder,
  logged,
  SERVER,
  service,
  shown,
  taskDefinition,
} from './container-fixture.ts';

const BREAKER = { DeploymentCircuitBreaker: { Enable: true, Rollback: true } };
const two = (properties: JsonObject = {}) => service({ DesiredCount: 2, ...properties });
const word = (value: string, container: JsonObject = {}) =>
  taskDefinition({ Environment: [{ Name: 'WORD', Value: value }], ...container });
const ill = word('two', { Environment: [{ Name: 'ILL', Value: 'yes' }] });

let runtime: Runtime;
beforeEach(async () => {
  const Service = two({ DeploymentConfiguration: BREAKER });
  runtime = await startRuntime({ assemblyFolder: containerAssembly({ Service }) });
  await eventually('the first deployment', async () => (await shown(runtime)).deployment === 'COMPLETED');
});
afterEach(() => runtime.stop());

const apply = async (changes: JsonObject) => {
  const { created, changed, removed, stale } = await runtime.apply(
    containerAssembly({ Service: two({ DeploymentConfiguration: BREAKER }), ...changes }),
  );
  expect(stale).toEqual([]);
  return [created, changed, removed].map((resources) => resources.map(({ logicalId }) => logicalId));
};

/** What each healthy task says; one that has ended since it was listed is gone. */
const answers = async (): Promise<readonly string[]> => {
  const { tasks } = await shown(runtime);
  const up = tasks.filter(({ health, status }) => health === 'HEALTHY' && status === 'RUNNING');
  return Promise.all(up.map((task) => ask(task, '/word').catch(() => 'gone')));
};

describe('a changed task definition', () => {
  it('replaces the tasks, and at no time are there fewer than before', async () => {
    expect(await apply({ Definition: word('two') })).toEqual([['Definition'], ['Service'], ['Definition']]);
    const counts = new Set<number>();
    await eventually('the new version', async () => {
      const found = await answers();
      counts.add(found.length);
      return found.join() === 'two,two';
    });
    expect(Math.min(...counts)).toBe(2);
    await eventually('the end of the deployment', async () => (await shown(runtime)).deployment === 'COMPLETED');
    expect(await shown(runtime)).toMatchObject({ version: 'search:2' });
    expect(logged(runtime)).toContain('INFO deployment of search:2 is complete');
  });

  it('stays out when its tasks do not become healthy, and the terminal says so; the old tasks go on', async () => {
    const before = (await healthyTasks(runtime, 2)).map(({ id }) => id);
    await apply({ Definition: ill });
    const line = 'ERROR deployment of search:2 failed: 3 tasks did not become healthy; search:1 goes on running';
    await eventually(line, async () => logged(runtime).some((each) => each.startsWith(line.slice(0, 38))));
    expect(logged(runtime)).toContain(line);
    const after = await healthyTasks(runtime, 2);
    expect(after.map(({ id }) => id)).toEqual(before);
    expect(await answers()).toEqual(['one', 'one']);
    expect(await shown(runtime)).toMatchObject({ version: 'search:1', deployment: 'COMPLETED' });
  }, 40_000);

  it('stays out without a circuit breaker too, and is tried again and again', async () => {
    const before = (await healthyTasks(runtime, 2)).map(({ id }) => id);
    await apply({ Definition: ill, Service: two() });
    const failures = () => logged(runtime).filter((line) => line.includes('of search:2 is not healthy')).length;
    await eventually('four failures', async () => failures() > 3);
    const { tasks } = await shown(runtime);
    const old = tasks.filter(({ version }) => version === 'search:1');
    expect(old.map(({ id }) => id)).toEqual(before);
    await apply({ Definition: word('three'), Service: two() });
    await eventually('a version that is good', async () => (await answers()).join() === 'three,three');
  }, 60_000);
});

describe('an edited program', () => {
  it('is deployed, though its template is the same, and again after each edit', async () => {
    const folder = imageFolder();
    await apply({ Definition: { ...word('two'), Metadata: { 'local:bundle': folder } } });
    await eventually('the new version', async () => (await answers()).join() === 'two,two');
    for (const edited of ['first edit', 'second edit']) {
      writeFileSync(join(folder, 'server.js'), SERVER.replace("process.env.WORD ?? ''", `'${edited}'`));
      expect(runtime.world.need('tasks').reload(folder)).toEqual(['search']);
      await eventually(edited, async () => (await answers()).join() === `${edited},${edited}`);
    }
    expect((await shown(runtime)).version).toBe('search:2, edit 2');
    expect(runtime.world.need('tasks').reload('/elsewhere')).toEqual([]);
  }, 40_000);
});

describe('a service', () => {
  it('has as many tasks as are desired, without touching others', async () => {
    const before = (await healthyTasks(runtime, 2)).map(({ id }) => id);
    expect(await apply({ Service: two({ DesiredCount: 3, DeploymentConfiguration: BREAKER }) })).toEqual([
      [],
      ['Service'],
      [],
    ]);
    const three = (await healthyTasks(runtime, 3)).map(({ id }) => id);
    expect(three).toEqual(expect.arrayContaining(before));
    await apply({ Service: two({ DesiredCount: 1, DeploymentConfiguration: BREAKER }) });
    const [left] = await healthyTasks(runtime, 1);
    expect(before).toContain(left?.id);
  });

  it('has at least as many as its scaling says, where its template says no number', async () => {
    const Target = {
      Type: 'AWS::ApplicationAutoScaling::ScalableTarget',
      Properties: {
        ResourceId: { 'Fn::Join': ['', ['service/', { Ref: 'Cluster' }, '/', { 'Fn::GetAtt': ['Service', 'Name'] }]] },
        ScalableDimension: 'ecs:service:DesiredCount',
        ServiceNamespace: 'ecs',
        MinCapacity: 3,
        MaxCapacity: 5,
      },
    };
    await apply({ Service: service({ DeploymentConfiguration: BREAKER }), Target });
    expect(await shown(runtime)).toMatchObject({ desired: 3 });
    await healthyTasks(runtime, 3);
  });

  it('takes its tasks along when it leaves its stack', async () => {
    await healthyTasks(runtime, 2);
    await runtime.apply(containerAssembly({}, ['Service']));
    expect(runtime.world.need('tasks').serviceNames()).toEqual([]);
    expect(logged(runtime).filter((line) => line.includes('its service was removed'))).toHaveLength(2);
  });
});
