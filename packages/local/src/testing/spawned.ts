import { type ChildProcess, spawn } from 'node:child_process';

export interface Spawned {
  readonly child: ChildProcess;
  readonly printed: () => string;
  /** Resolves with the first line of stdout that fits. */
  line(fits: (line: string) => boolean): Promise<string>;
  /** Resolves with the exit code. */
  readonly ended: Promise<number | null>;
}

/** Runs a program in a folder with this Node.js, and follows what it prints. */
export const spawnProgram = (
  program: readonly string[],
  folder: string,
  nodeOptions: readonly string[] = [],
): Spawned => {
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
