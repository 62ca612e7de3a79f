import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ServiceTree } from '../support/service-tree.ts';
import { faultyProject, lineOf, sourceOf } from './faulty-project.ts';
import { type Spawned, spawnCommand } from './spawned.ts';

let project: ServiceTree;
let started: Spawned;
let state: Record<string, string>;

beforeAll(async () => {
  project = await faultyProject();
  started = spawnCommand('local', project.root, ['--port', '0', '--endpoint-port', '0', '--app', 'cdk.out']);
  await started.line((line) => line.startsWith('Stop'));
  state = JSON.parse(readFileSync(join(project.root, '.local', 'runtime.json'), 'utf8'));
}, 60_000);

afterAll(async () => {
  started.child.kill('SIGTERM');
  await started.ended;
  await project[Symbol.asyncDispose]();
});

const invoke = async (name: string, event: object): Promise<Record<string, unknown>> => {
  const response = await fetch(`${state.controlUrl}/control/invoke`, {
    method: 'POST',
    headers: { authorization: `Bearer ${state.controlToken}` },
    body: JSON.stringify({ function: `ships/${name}`, event }),
  });
  const { payload }: { payload: string } = JSON.parse(await response.text());
  return JSON.parse(payload);
};

describe('an error in a handler', () => {
  it('names a file of the checkout and the line in its TypeScript', async () => {
    const { errorMessage, trace } = await invoke('weigh', { stuck: true });
    expect(errorMessage).toBe('the anchor is stuck');
    const [, file = '', line] = /\((.*):(\d+):\d+\)$/.exec(String(trace).split(',')[1] ?? '') ?? [];
    expect(file).toBe(join(project.root, sourceOf('weigh')));
    expect(existsSync(file)).toBe(true);
    expect(Number(line)).toBe(lineOf('weigh', 'throw new Error'));
  });
});
