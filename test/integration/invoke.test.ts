import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Runtime, startRuntime, stateFileIn, writeStateFile } from '@archipelago/local';
import { runInvoke } from '@archipelago/local/cli';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { events, functionsOf, inOrder, isExpected, placeTheOrder } from '../support/invocations.ts';
import { synthesize } from '../support/synthesized.ts';

const root = join(import.meta.dirname, '../..');

let runtime: Runtime;
let folder: string;

/** As `npm run invoke -- <name>` in a folder where the system runs. */
const invoke = async (name: string) => {
  const printed: string[] = [];
  const complaints: string[] = [];
  const terminal = {
    folder,
    commandLine: String,
    out: (line: string) => printed.push(line),
    err: (line: string) => complaints.push(line),
  };
  const exitCode = await runInvoke([name], terminal);
  const answer: unknown = JSON.parse(printed.join('\n') || 'null');
  return { exitCode, complaints, answer };
};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'invoke-'));
  symlinkSync(join(root, 'events'), join(folder, 'events'), 'dir');
  runtime = await startRuntime({ assemblyFolder: await synthesize('dev') });
  const { apiUrl = '', controlUrl, controlToken } = runtime;
  const state = { apiUrl, controlUrl, controlToken, pid: process.pid, stage: 'dev' };
  writeStateFile(stateFileIn(folder), { ...state, endpointUrl: runtime.world.endpointUrl() });
  await placeTheOrder(runtime.world.endpointUrl());
}, 60_000);

afterAll(async () => {
  await runtime.stop();
  rmSync(folder, { recursive: true });
});

describe('events to invoke functions with', () => {
  it('are there for every function that runs here, and for nothing else', async () => {
    expect(events).toEqual(functionsOf(await synthesize('dev')));
  });

  it.each(inOrder)(
    'npm run invoke -- %s has an answer to be expected',
    async (name) => {
      const { exitCode, complaints, answer } = await invoke(name);
      expect({ exitCode, complaints }).toEqual({ exitCode: 0, complaints: [] });
      expect({ answer, expected: isExpected(name, answer) }).toEqual({ answer, expected: true });
    },
    20_000,
  );
});
