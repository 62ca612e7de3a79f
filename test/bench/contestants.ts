import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { eventually } from '../support/eventually.ts';

export interface Running {
  readonly url: string;
  readonly pid: number;
  stop(): Promise<void>;
}

export interface RunningSystem extends Running {
  control(path: string, body: unknown): Promise<Record<string, unknown>>;
}

const ending = (child: ChildProcess) => async () => {
  const ended = new Promise((done) => child.once('exit', done));
  child.kill('SIGTERM');
  if (child.exitCode === null) await ended;
};

/** The program behind `npm start`, on a given assembly. */
export const startSystem = async (
  assembly: string,
  env: Readonly<Record<string, string>>,
  options: readonly string[] = [],
): Promise<RunningSystem> => {
  const cwd = await mkdtemp(join(tmpdir(), 'archipelago-bench-'));
  const args = ['--app', assembly, '--port', '0', '--endpoint-port', '0', '--quiet', ...options];
  const child = spawn(process.execPath, [resolve('bin/local.ts'), ...args], {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const running = await eventually('the system is up', async () => {
    if (child.exitCode !== null) throw new Error(`the system ended with ${child.exitCode}`);
    const text = await readFile(join(cwd, '.local/runtime.json'), 'utf8').catch(() => undefined);
    return text === undefined ? undefined : parse(text);
  });
  return {
    url: running.apiUrl,
    pid: child.pid ?? 0,
    stop: async () => {
      await ending(child)();
      await rm(cwd, { recursive: true, force: true });
    },
    control: async (path, body) => {
      const headers = { authorization: `Bearer ${running.controlToken}`, 'content-type': 'application/json' };
      const response = await fetch(`${running.controlUrl}${path}`, {
        method: 'POST',
        headers,
        body: JSON.stringify(body),
      });
      if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
      return parseAnswer(await response.text());
    },
  };
};

const parseAnswer = (text: string): Record<string, unknown> => JSON.parse(text);

const parse = (text: string): { apiUrl: string; controlUrl: string; controlToken: string } => JSON.parse(text);

/** node:http that calls handlers in its own process; see baseline-server.ts. */
export const startBaseline = async (
  mounts: Readonly<Record<string, string>>,
  env: Readonly<Record<string, string>>,
): Promise<Running> => {
  const script = resolve('test/bench/baseline-server.ts');
  const child = spawn(process.execPath, [script, ...Object.entries(mounts).map((mount) => mount.join('='))], {
    env: { PATH: process.env.PATH ?? '', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface({ input: child.stdout })) {
    if (!line.startsWith('{"url"')) continue;
    const { url }: { readonly url: string } = JSON.parse(line);
    child.stdout.resume();
    return { url, pid: child.pid ?? 0, stop: ending(child) };
  }
  throw new Error('the baseline server ended before it listened');
};
