import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Spawned } from '../../src/testing/spawned.ts';
import { synthesizeGuestbook } from '../foreign-app/guestbook.ts';
import { spawnCommand } from './spawned.ts';

let assembly: string;
let started: Spawned | undefined;
beforeAll(() => {
  assembly = synthesizeGuestbook();
});
afterEach(() => {
  started?.child.kill('SIGKILL');
  started = undefined;
});

interface Session {
  readonly api: (path: string, init?: RequestInit) => Promise<Response>;
  readonly control: (path: string, init?: RequestInit) => Promise<Response>;
  readonly streamInvocations: () => Promise<number>;
  readonly end: (signal: NodeJS.Signals) => Promise<void>;
}

const start = async (folder: string): Promise<Session> => {
  const spawned = spawnCommand('start', folder, ['--port', '0', '--endpoint-port', '0', '--keep', '--app', assembly]);
  started = spawned;
  await spawned.line((line) => line.startsWith('Stop'));
  const state: Record<string, string> = JSON.parse(readFileSync(join(folder, '.local', 'runtime.json'), 'utf8'));
  const headers = { authorization: `Bearer ${state.controlToken}` };
  const control: Session['control'] = (path, init) =>
    fetch(`${state.controlUrl}/control/${path}`, { ...init, headers });
  return {
    api: (path, init) => fetch(`${state.apiUrl}${path}`, init),
    control,
    streamInvocations: async () => {
      const quiet = await control('quiesce', { method: 'POST', body: JSON.stringify({ timeoutMs: 20_000 }) });
      expect(quiet.status).toBe(200);
      const invocations = JSON.parse(await (await control('invocations')).text());
      return invocations.filter(({ source }: { source: string }) => source.startsWith('stream')).length;
    },
    end: async (signal) => {
      spawned.child.kill(signal);
      await spawned.ended;
    },
  };
};

const sign = async ({ api }: Session, id: string) => {
  const { status } = await api('/entries', { method: 'POST', body: JSON.stringify({ id, text: 'hello' }) });
  expect(status).toBe(201);
};

const entry = async ({ api }: Session, id: string): Promise<unknown> => (await api(`/entries/${id}`)).json();

describe('archipelago-local start --keep', () => {
  it.each(['SIGTERM', 'SIGKILL'] as const)(
    'has the data of the run before that %s ended, and its streams go on where they were',
    async (signal) => {
      const folder = mkdtempSync(join(tmpdir(), 'kept-'));
      const first = await start(folder);
      await sign(first, 'ann');
      expect(await first.streamInvocations()).toBeGreaterThan(0);
      await first.end(signal);

      const second = await start(folder);
      expect(await entry(second, 'ann')).toEqual({ id: 'ann', text: 'hello', thanked: true });
      expect(await second.streamInvocations()).toBe(0);
      await sign(second, 'bob');
      expect(await second.streamInvocations()).toBeGreaterThan(0);
      expect(await entry(second, 'bob')).toMatchObject({ thanked: true });
    },
    40_000,
  );
});
