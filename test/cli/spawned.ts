import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..', '..');

export interface Spawned {
  readonly child: ChildProcess;
  readonly printed: () => string;
  /** Resolves with the first line of stdout that fits. */
  line(fits: (line: string) => boolean): Promise<string>;
  /** Resolves with the exit code. */
  readonly ended: Promise<number | null>;
}

/** Runs one of the commands in `bin/` as npm would, in the folder of a project. */
export const spawnCommand = (
  name: string,
  folder: string,
  args: readonly string[],
  nodeOptions: readonly string[] = [],
): Spawned => {
  const program = [join(ROOT, 'bin', 'run.js'), name, ...args];
  const child = spawn(process.execPath, ['--no-warnings', ...nodeOptions, ...program], { cwd: folder });
  let printed = '';
  let changed = Promise.withResolvers<void>();
  let over = false;
  const next = () => {
    changed.resolve();
    changed = Promise.withResolvers<void>();
  };
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
      next();
    });
  }
  const ended = new Promise<number | null>((resolve) => {
    child.on('close', (code) => {
      over = true;
      next();
      resolve(code);
    });
  });
  return {
    child,
    ended,
    printed: () => printed,
    line: async (fits) => {
      for (;;) {
        const found = printed.split('\n').find(fits);
        if (found !== undefined) return found;
        if (over) throw new Error(`ended before the line came; it printed:\n${printed}`);
        await changed.promise;
      }
    },
  };
};
