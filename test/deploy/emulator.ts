import { type ChildProcess, spawn } from 'node:child_process';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { eventually } from '../support/eventually.ts';
import { lastLines, Problem } from './problem.ts';
import { MINISTACK_VERSION } from './python-environment.ts';

export interface Emulator {
  readonly endpoint: string;
  /** Where it keeps the keys of its user pools. */
  readonly stateFolder: string;
  /** Ends it and all that it started; answers how many of those had to be killed. */
  stop(): Promise<void>;
}

export interface EmulatorOptions {
  readonly program: string;
  readonly port: number;
  readonly root: string;
  /** An empty folder of its own, for everything that it writes. */
  readonly folder: string;
}

const START_MS = 60_000;
const STOP_MS = 10_000;

/** It runs functions with the first `node` on its PATH: this one, which finds the addresses that the emulator gives out. */
const writeNode = async (folder: string): Promise<string> => {
  const bin = join(folder, 'bin');
  await mkdir(bin, { recursive: true });
  const network = join(import.meta.dirname, 'function-network.js');
  await writeFile(join(bin, 'node'), `#!/bin/sh\nexec '${process.execPath}' --import '${network}' "$@"\n`);
  await chmod(join(bin, 'node'), 0o755);
  return bin;
};

const environment = async ({ port, root, folder }: EmulatorOptions): Promise<NodeJS.ProcessEnv> => {
  const modules = join(root, 'node_modules');
  const temporary = join(folder, 'tmp');
  await mkdir(temporary, { recursive: true });
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('AWS_'));
  return {
    ...Object.fromEntries(inherited),
    PATH: [await writeNode(folder), join(modules, '.bin'), process.env.PATH].join(':'),
    NODE_PATH: modules,
    BIND_HOST: '127.0.0.1',
    GATEWAY_PORT: String(port),
    STATE_DIR: join(folder, 'state'),
    TMPDIR: temporary,
    // Its one other listener, on a fixed port of the machine.
    IOT_MTLS_ENABLED: '0',
  };
};

const versionAt = async (endpoint: string): Promise<string | undefined> => {
  const response = await fetch(`${endpoint}/_ministack/health`).catch(() => undefined);
  if (response?.status !== 200) return undefined;
  const { version }: { version?: string } = JSON.parse(await response.text());
  return version ?? 'without a version';
};

const isGroupAlive = (group: number): boolean => {
  try {
    process.kill(-group, 0);
    return true;
  } catch {
    return false;
  }
};

const killGroup = (group: number): void => {
  try {
    process.kill(-group, 'SIGKILL');
  } catch {
    // All of it has ended.
  }
};

const stopper = (child: ChildProcess, group: number) => async (): Promise<void> => {
  child.kill('SIGTERM');
  const hasEnded = async () => child.exitCode !== null || child.signalCode !== null;
  await eventually('the emulator ends', hasEnded, STOP_MS).catch(() => child.kill('SIGKILL'));
  killGroup(group);
  await eventually('no process of the emulator is left', async () => !isGroupAlive(group), STOP_MS);
};

/** Starts ministack in a process group of its own. Throws a Problem when it does not come up, or is another version. */
export const startEmulator = async (options: EmulatorOptions): Promise<Emulator> => {
  const endpoint = `http://127.0.0.1:${options.port}`;
  const env = await environment(options);
  const child = spawn(options.program, [], {
    cwd: options.folder,
    env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      said = `${said}${chunk}`.slice(-20_000);
    });
  }
  const failed = new Promise<never>((_, reject) => {
    child.once('error', (error) => reject(new Problem(`the emulator cannot be started: ${error.message}`)));
  });
  failed.catch(() => undefined);
  const { pid } = child;
  if (pid === undefined) return failed;
  const stop = stopper(child, pid);
  try {
    const version = await eventually(
      'the emulator answers',
      async () => {
        if (child.exitCode !== null) throw new Problem(`the emulator ended by itself:\n${lastLines(said)}`);
        return versionAt(endpoint);
      },
      START_MS,
    );
    if (version !== MINISTACK_VERSION) {
      throw new Problem(
        `the emulator is ministack ${version}, not ${MINISTACK_VERSION}; remove .local/deploy and try again`,
      );
    }
  } catch (error) {
    await stop();
    throw error instanceof Problem ? error : new Problem(`the emulator does not answer:\n${lastLines(said)}`);
  }
  return { endpoint, stateFolder: join(options.folder, 'state'), stop };
};
