import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { manualClock } from '../../src/core/clock.ts';
import type { JsonObject } from '../../src/core/json.ts';
import { type Runtime, startRuntime } from '../../src/runtime/start-runtime.ts';
import { STARTED_AT_MS } from '../../src/testing/emulated-aws.ts';
import {
  attribute,
  containerAssembly,
  control,
  logged,
  ref,
  resource,
  shown,
  taskDefinition,
} from '../ecs/container-fixture.ts';

const TARGET = {
  ResourceId: { 'Fn::Join': ['', ['service/', ref('Cluster'), '/', attribute('Service', 'Name')]] },
  ScalableDimension: 'ecs:service:DesiredCount',
  ServiceNamespace: 'ecs',
  MinCapacity: 1,
  MaxCapacity: 4,
};
const Target = resource('ApplicationAutoScaling::ScalableTarget', TARGET);

const policy = (metric: 'CPU' | 'Memory', configuration: JsonObject = {}): JsonObject =>
  resource('ApplicationAutoScaling::ScalingPolicy', {
    PolicyName: metric,
    PolicyType: 'TargetTrackingScaling',
    ScalingTargetId: ref('Target'),
    TargetTrackingScalingPolicyConfiguration: {
      PredefinedMetricSpecification: { PredefinedMetricType: `ECSServiceAverage${metric}Utilization` },
      TargetValue: 50,
      ...configuration,
    },
  });

let runtime: Runtime;
const start = async (policies: JsonObject, tasks: 'none' | 'processes' = 'none') => {
  runtime = await startRuntime({
    assemblyFolder: containerAssembly({ Target, ...policies }),
    clock: manualClock(STARTED_AT_MS),
    tasks,
  });
};
afterEach(() => runtime.stop());

const say = (load: JsonObject, service = 'search') => control(runtime, 'POST', `tasks/${service}/load`, load);

/** The desired number after each minute under a load. */
const under = async (load: JsonObject, minutes: number): Promise<readonly number[]> => {
  expect((await say(load)).status).toBe(202);
  const numbers: number[] = [];
  for (let minute = 0; minute < minutes; minute += 1) {
    await runtime.advance(60_000);
    numbers.push((await shown(runtime)).desired);
  }
  return numbers;
};

const times = (count: number, value: number): readonly number[] => Array.from({ length: count }, () => value);

describe('a service that tracks its processor', () => {
  beforeEach(() => start({ Policy: policy('CPU') }));

  it('gets more tasks, in proportion, after three minutes above the target', async () => {
    expect(await under({ cpu: 90 }, 3)).toEqual([1, 1, 2]);
    expect(logged(runtime)).toEqual(['INFO scaling goes from 1 to 2 tasks']);
  });

  it('stays as it is at its target, and when one of the three minutes was not above it', async () => {
    expect(await under({ cpu: 50 }, 4)).toEqual(times(4, 1));
    expect(await under({ cpu: 90 }, 2)).toEqual([1, 1]);
    expect(await under({ cpu: 50 }, 1)).toEqual([1]);
    expect(await under({ cpu: 90 }, 3)).toEqual([1, 1, 2]);
  });

  it('counts what it added as part of what it needs for 300 s, and goes on from there afterwards', async () => {
    expect(await under({ cpu: 90 }, 8)).toEqual([1, 1, 2, 2, 2, 2, 2, 4]);
  });

  it('is not held up by that time when it needs more than was added', async () => {
    expect(await under({ cpu: 90 }, 3)).toEqual([1, 1, 2]);
    expect(await under({ cpu: 150 }, 1)).toEqual([3]);
  });

  it('has no more tasks than its maximum', async () => {
    expect(await under({ cpu: 900 }, 9)).toEqual([1, 1, ...times(7, 4)]);
    expect(logged(runtime)).toEqual(['INFO scaling goes from 1 to 4 tasks']);
  });

  it('loses one task after fifteen minutes below nine tenths of the target, and another one each 300 s, to its minimum', async () => {
    await under({ cpu: 900 }, 3);
    expect(await under({ cpu: 10 }, 14)).toEqual(times(14, 4));
    expect(await under({ cpu: 10 }, 16)).toEqual([3, ...times(4, 3), ...times(5, 2), ...times(6, 1)]);
    expect(await under({ cpu: 0 }, 6)).toEqual(times(6, 1));
    const changes = ['1 to 4', '4 to 3', '3 to 2', '2 to 1'].map((each) => `INFO scaling goes from ${each} tasks`);
    expect(logged(runtime)).toEqual(changes);
  });

  it('keeps the tasks without which the others would be above the target', async () => {
    expect(await under({ cpu: 90 }, 3)).toEqual([1, 1, 2]);
    expect(await under({ cpu: 40 }, 20)).toEqual(times(20, 2));
    // The minutes of the higher load do not matter any more.
    expect(await under({ cpu: 25 }, 1)).toEqual([1]);
  });

  it('gets tasks again at once after it lost one', async () => {
    await under({ cpu: 900 }, 3);
    expect((await under({ cpu: 10 }, 15)).at(-1)).toBe(3);
    expect(await under({ cpu: 60 }, 3)).toEqual([3, 3, 4]);
  });

  it('is not scaled by minutes that are missing, and is by those around them', async () => {
    expect(await under({ cpu: 900 }, 3)).toEqual([1, 1, 4]);
    expect(await under({}, 30)).toEqual(times(30, 4));
    expect(await under({ cpu: 10 }, 14)).toEqual(times(14, 4));
    // The first of them is fifteen minutes old now, and none after it was above: CloudWatch does not wait for the last one.
    expect(await under({}, 1)).toEqual([3]);
  });
});

describe('a policy', () => {
  it('has the cooldowns of its template', async () => {
    await start({ Policy: policy('CPU', { ScaleOutCooldown: 60, ScaleInCooldown: 60 }) });
    expect(await under({ cpu: 60 }, 5)).toEqual([1, 1, 2, 3, 4]);
    expect(await under({ cpu: 10 }, 17)).toEqual([...times(14, 4), 3, 2, 1]);
  });

  it('takes no task away when its template says so', async () => {
    await start({ Policy: policy('CPU', { DisableScaleIn: true }) });
    expect(await under({ cpu: 90 }, 3)).toEqual([1, 1, 2]);
    expect(await under({ cpu: 0 }, 20)).toEqual(times(20, 2));
  });

  it('takes no task away at more than nine tenths of its target', async () => {
    const wide = resource('ApplicationAutoScaling::ScalableTarget', { ...TARGET, MaxCapacity: 20 });
    await start({ Policy: policy('CPU'), Target: wide });
    expect(await under({ cpu: 1000 }, 3)).toEqual([1, 1, 20]);
    expect(await under({ cpu: 46 }, 16)).toEqual(times(16, 20));
    expect((await under({ cpu: 44 }, 15)).at(-1)).toBe(19);
  });

  it('takes no task away at the minimum', async () => {
    await start({
      Policy: policy('CPU'),
      Target: resource('ApplicationAutoScaling::ScalableTarget', { ...TARGET, MinCapacity: 2 }),
    });
    expect(await under({ cpu: 0 }, 16)).toEqual(times(16, 2));
    expect(logged(runtime)).toEqual([]);
  });

  it('can be one of several: one is enough for more tasks, and all must agree to fewer', async () => {
    await start({ Cpu: policy('CPU'), Memory: policy('Memory') });
    expect(await under({ cpu: 10, memory: 90 }, 3)).toEqual([1, 1, 2]);
    expect(await under({ cpu: 10, memory: 48 }, 20)).toEqual(times(20, 2));
    expect((await under({ cpu: 10, memory: 10 }, 15)).at(-1)).toBe(1);
  });
});

describe('a deployment under way', () => {
  it('lets a service gain tasks and not lose them', async () => {
    const ill = taskDefinition({ Environment: [{ Name: 'ILL', Value: 'yes' }] });
    await start({ Policy: policy('CPU'), Definition: ill }, 'processes');
    expect(await under({ cpu: 90 }, 3)).toEqual([1, 1, 2]);
    expect(await under({ cpu: 0 }, 16)).toEqual(times(16, 2));
  });
});

describe('what is said of a load', () => {
  it('is refused for a service that does not scale, and in other words', async () => {
    await start({ Policy: policy('CPU') });
    expect((await say({ cpu: 90 }, 'orders')).status).toBe(404);
    expect((await say({ cpu: 'high' })).status).toBe(400);
    expect((await say({ processor: 90 })).status).toBe(400);
  });
});
