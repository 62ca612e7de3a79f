import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { freePort } from '../../../core/listening/free-port.ts';
import { StartError } from '../../../core/start-error.ts';
import { locateEngineBinary } from './engine-binary.ts';

export interface EngineProcess {
  /** `http://127.0.0.1:<port>` */
  readonly endpoint: string;
  /** Kills the engine and waits until it is gone. */
  stop(): Promise<void>;
}

export interface DatabaseFile {
  readonly path: string;
  /** A folder that goes when the engine has ended, also when the parent was killed (not on Windows). */
  readonly removeAfterwards?: string | undefined;
}

/**
 * Ends the engine when standard input closes, which the operating system does however the parent ends. SIGKILL, because
 * a polite shutdown waits for idle keep-alive connections; the database file's log makes it as safe.
 */
const GUARD = [
  'exec 3<&0; "$0" "$@" 3<&- & engine=$!',
  '(read -r _ <&3; kill -9 "$engine") >/dev/null 2>&1 & guard=$!',
  'wait "$engine"; kill "$guard"',
  'if [ -n "$REMOVE_AFTERWARDS" ]; then rm -rf "$REMOVE_AFTERWARDS"; fi',
].join('\n');

const START_ATTEMPTS = 5;

const launch = (binary: string, args: readonly string[], removeAfterwards = ''): ChildProcess => {
  if (process.platform === 'win32') return spawn(binary, args, { stdio: ['pipe', 'pipe', 'pipe'], windowsHide: true });
  const env = { ...process.env, REMOVE_AFTERWARDS: removeAfterwards };
  return spawn('/bin/sh', ['-c', GUARD, binary, ...args], { stdio: ['pipe', 'pipe', 'pipe'], env });
};

/** Resolves with undefined once the engine listens, or with what it said when it ended instead. */
const whenListening = (child: ChildProcess): Promise<string | undefined> =>
  new Promise((resolve, reject) => {
    const said: string[] = [];
    const read = (line: string) => {
      said.push(line);
      if (line.includes('listening on')) resolve(undefined);
    };
    if (child.stdout) createInterface(child.stdout).on('line', read);
    if (child.stderr) createInterface(child.stderr).on('line', read);
    child.once('error', reject);
    child.once('close', () => resolve(said.join('\n')));
  });

const stopper = (child: ChildProcess) => async () => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  if (process.platform === 'win32') child.kill();
  child.stdin?.end();
  await ended;
};

/** Starts the engine on a free loopback port: in memory, or on an SQLite file. */
export const startEngineProcess = async (file?: DatabaseFile, choosePort = freePort): Promise<EngineProcess> => {
  const binary = locateEngineBinary();
  let refusal: string | undefined = '';
  for (let attempt = 0; attempt < START_ATTEMPTS; attempt++) {
    // The engine prints no port of its own choosing, so one is picked for it.
    const port = await choosePort();
    // An attempt that found its port taken has taken the folder with it.
    if (file) await mkdir(dirname(file.path), { recursive: true });
    const args = ['serve', '--port', String(port), ...(file ? ['--db-path', file.path] : [])];
    const child = launch(binary, args, file?.removeAfterwards);
    refusal = await whenListening(child);
    if (refusal === undefined) return { endpoint: `http://127.0.0.1:${port}`, stop: stopper(child) };
    if (!refusal.includes('already in use')) break;
  }
  throw new StartError(
    `the DynamoDB engine did not start: ${refusal}`,
    file?.path ?? binary,
    'close what uses the file, or start with another folder of `--keep`, or set DYNAMODB_ENDPOINT to another engine',
  );
};
