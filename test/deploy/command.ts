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

/** Ends what has not ended by itself, each by its own handle. */
export const endCommands = (): void => {
  for (const child of running) child.kill('SIGKILL');
};
