import { type ChildProcess, spawn } from 'node:child_process';

export interface Ended {
  readonly code: number | null;
  /** Standard output and standard error as they came. */
  readonly output: string;
}

export interface CommandOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
}

const running = new Set<ChildProcess>();

/** Runs to its end, whatever that is. Throws the error of a program that cannot be started (`code` ENOENT and others). */
export const runCommand = (program: string, args: readonly string[], options: CommandOptions = {}): Promise<Ended> =>
  new Promise((resolve, reject) => {
    const child = spawn(program, [...args], { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    running.add(child);
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
    child.on('error', (error) => {
      running.delete(child);
      reject(error);
    });
    child.on('close', (code) => {
      running.delete(child);
      resolve({ code, output });
    });
  });

/** As shells report a program that was interrupted. */
export const INTERRUPTED = 130;

/** When this program is interrupted: ends its commands, each by its own handle, cleans up, and ends with code 130. */
export const onInterruption = (cleanUp: () => Promise<unknown>): void => {
  const interrupted = async () => {
    for (const child of running) child.kill('SIGKILL');
    await cleanUp();
    process.exit(INTERRUPTED);
  };
  process.once('SIGINT', () => void interrupted()).once('SIGTERM', () => void interrupted());
};
