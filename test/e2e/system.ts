import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { eventually } from '../support/eventually.ts';
import { synthesize } from '../support/synthesized.ts';
import { copyAssembly, type EditTemplate, shortWaits } from './assembly-copy.ts';
import { type Client, clientOf, signingClientOf } from './client.ts';

export interface Identity {
  readonly sub: string;
  readonly scope?: string;
  readonly groups?: readonly string[];
  readonly expiresInSeconds?: number;
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly header?: Readonly<Record<string, unknown>>;
}

/** The system under test as a stranger meets it: a base URL and a way to get tokens. */
export interface System {
  readonly anonymous: Client;
  as(identity: Identity): Promise<Client>;
  /** A machine, which signs its requests as a session of this role. */
  machine(role: string): Promise<Client>;
  /** Waits until nothing is in flight, queued or due. */
  settled(): Promise<void>;
  stop(): Promise<void>;
}

/** Two deliveries that fail, each followed by the time for which a message is hidden, and the work itself. */
const SETTLED_WITHIN_MS = 100_000;

/** As the runtime has it. */
const REGION = 'us-east-1';

interface RuntimeFile {
  readonly apiUrl: string;
  /** Where AWS calls go. */
  readonly endpointUrl: string;
  readonly controlUrl: string;
  readonly controlToken: string;
}

/** A system that this machine runs, with the folder that its `.local/runtime.json` is in. */
export interface RunningHere extends System, RuntimeFile {
  readonly folder: string;
}

const parseRunning = (text: string): RuntimeFile => JSON.parse(text);

const ended = (child: ChildProcess) =>
  new Promise<void>((done) => {
    if (child.exitCode !== null) done();
    else child.once('exit', () => done());
  });

const systemAt = (apiUrl: string, control: Client, stop: () => Promise<void>): System => ({
  anonymous: clientOf(apiUrl),
  as: async (identity) => {
    const { body } = await control('POST', '/control/token', { body: identity });
    return clientOf(apiUrl, String(body.accessToken));
  },
  machine: async (role) => {
    const { body } = await control('POST', '/control/credentials', { body: { role } });
    const text = (name: string) => String(body[name]);
    const keys = {
      accessKeyId: text('accessKeyId'),
      secretAccessKey: text('secretAccessKey'),
      sessionToken: text('sessionToken'),
    };
    return signingClientOf(apiUrl, keys, REGION);
  },
  settled: async () => {
    const { status, text } = await control('POST', '/control/quiesce', { body: { timeoutMs: SETTLED_WITHIN_MS } });
    if (status !== 200) throw new Error(`the system did not settle: ${text}`);
  },
  stop,
});

/** Starts the program that `npm start` starts, on the assembly of the `dev` stage, in a folder of its own. */
export const startSystem = async (edit: EditTemplate = shortWaits): Promise<RunningHere> => {
  const folder = await mkdtemp(join(tmpdir(), 'archipelago-e2e-'));
  const assembly = await copyAssembly(await synthesize('dev'), join(folder, 'cdk.out'), edit);
  const child = spawn(process.execPath, [resolve('bin/local.ts'), '--app', assembly, '--port', '0', '--quiet'], {
    cwd: folder,
    // As npm sets it: then the system ends when the process that started it does, however that ends.
    env: { ...process.env, npm_lifecycle_event: 'test' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  const stop = async () => {
    child.kill('SIGTERM');
    await ended(child);
    await rm(folder, { recursive: true, force: true });
  };
  const running = await eventually('the system is up', async () => {
    if (child.exitCode !== null) throw new Error(`the system ended with ${child.exitCode}:\n${output}`);
    const text = await readFile(join(folder, '.local/runtime.json'), 'utf8').catch(() => undefined);
    return text === undefined ? undefined : parseRunning(text);
  });
  const system = systemAt(running.apiUrl, clientOf(running.controlUrl, running.controlToken), stop);
  return { ...system, ...running, folder };
};
