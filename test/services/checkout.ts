import { cp, mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Ended, git, run } from '../../bin/services/run.ts';

const root = dirname(dirname(import.meta.dirname));

export interface Checkout extends AsyncDisposable {
  readonly folder: string;
  npmRun(...args: readonly string[]): Promise<Ended>;
  /** What git sees that is not committed. */
  changes(): Promise<string>;
  /** Commits all there is; answers the commit. */
  commit(message: string): Promise<string>;
  /** What is not as it was in a commit, what is not committed included. */
  changesSince(commit: string): Promise<string>;
}

/** The files as they are here, committed in a repository of their own, on the same modules. */
export const checkout = async (): Promise<Checkout> => {
  const folder = await mkdtemp(join(tmpdir(), 'archipelago-services-'));
  const files = (await git(root, 'ls-files', '--cached', '--others', '--exclude-standard')).split('\n');
  const folders = new Set(files.map((file) => dirname(join(folder, file))));
  for (const each of folders) await mkdir(each, { recursive: true });
  await Promise.all(files.map((file) => cp(join(root, file), join(folder, file)).catch(ignoreDeleted)));
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
  const author = ['-c', 'user.name=test', '-c', 'user.email=test@example.com'];
  const commit = async (message: string): Promise<string> => {
    await git(folder, 'add', '--all');
    await git(folder, ...author, 'commit', '--quiet', '--allow-empty', '--message', message);
    return await git(folder, 'rev-parse', 'HEAD');
  };
  await git(folder, 'init', '--quiet');
  await commit('as it is');
  return {
    folder,
    npmRun: (...args) => run('npm', ['run', '--silent', ...args], folder),
    changes: () => git(folder, 'status', '--porcelain', '--untracked-files=all'),
    commit,
    changesSince: async (before) => {
      await git(folder, 'add', '--all');
      return await git(folder, 'diff', '--cached', '--stat', before);
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true, maxRetries: 3 }),
  };
};

/** git lists a file that was deleted and not committed yet. */
const ignoreDeleted = (error: unknown): void => {
  if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
};
