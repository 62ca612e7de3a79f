import { spawn } from 'node:child_process';

export interface Ended {
  readonly code: number | null;
  /** Standard output alone. */
  readonly answer: string;
  /** Standard output and standard error as they came. */
  readonly output: string;
}

export interface ProgramOptions {
  readonly cwd: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Ends the program before its time; the promise then fails with an AbortError. */
  readonly signal?: AbortSignal;
}

/** Runs a program to its end, whatever that is. Throws the error of one that cannot be started (`code` ENOENT). */
export const runProgram = (program: string, args: readonly string[], options: ProgramOptions): Promise<Ended> =>
  new Promise((resolve, reject) => {
    const child = spawn(program, [...args], { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    let answer = '';
    let output = '';
    child.stdout.on('data', (chunk) => {
      answer += chunk;
      output += chunk;
    });
    child.stderr.on('data', (chunk) => {
      output += chunk;
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, answer, output }));
  });
