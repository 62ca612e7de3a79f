import { spawn } from 'node:child_process';

export interface Ended {
  readonly code: number | null;
  readonly output: string;
}

/** Runs a program in a folder and keeps what it prints. */
export const run = (program: string, args: readonly string[], cwd: string): Promise<Ended> =>
  new Promise((resolve, reject) => {
    const child = spawn(program, [...args], { cwd, shell: program === 'npm' && process.platform === 'win32' });
    let output = '';
    const keep = (chunk: Buffer) => {
      output += chunk.toString();
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.once('error', reject).once('close', (code) => resolve({ code, output }));
  });

/** What git answers; empty where there is no repository. */
export const git = async (root: string, ...args: readonly string[]): Promise<string> => {
  const { code, output } = await run('git', args, root).catch(() => ({ code: 1, output: '' }));
  return code === 0 ? output.trim() : '';
};
