import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Runtime, startRuntime } from '../../src/runtime/start-runtime.ts';
import { healthyTasks } from './container-fixture.ts';

let runtime: Runtime;
beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'greeting-'));
  execFileSync(process.execPath, [join(import.meta.dirname, 'cdk-app', 'app.mjs')], {
    env: { ...process.env, CDK_OUTDIR: folder, CDK_VALIDATION: 'false' },
  });
  runtime = await startRuntime({ assemblyFolder: folder });
}, 60_000);
afterAll(() => runtime.stop());

describe('a CDK app with a service on Fargate', () => {
  it('runs, and names what has no effect', async () => {
    await healthyTasks(runtime, 1);
    expect(runtime.containerServices).toHaveLength(1);
    expect(runtime.coverage.types).toEqual([]);
    expect(runtime.coverage.properties.filter(({ kind }) => kind === 'unknown')).toEqual([]);
  }, 30_000);

  it('lets in the function that it allows, and no other', async () => {
    await healthyTasks(runtime, 1);
    expect(JSON.parse((await runtime.invoke('friend', '{}')).payload)).toBe('hello');
    expect(await runtime.invoke('stranger', '{}')).toMatchObject({ functionError: 'Unhandled' });
    const said = runtime.world.journal.read('logs').find(({ message }) => String(message).includes('does not connect'));
    expect(said?.message).toMatch(
      /^function stranger does not connect: security group Service\S+ of Greeting has no ingress rule from security group StrangerGroup\S+ of Greeting for tcp 8080$/,
    );
  }, 30_000);
});
