import { CheckProblem } from './problem.ts';
import { type Ended, runProgram } from './program.ts';

const isMissing = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT';

const git = async (root: string, args: readonly string[]): Promise<Ended> =>
  runProgram('git', args, { cwd: root }).catch((error: unknown) => {
    if (!isMissing(error)) throw error;
    throw new CheckProblem(
      'there is no git',
      'the PATH',
      'install git; the check compares with a commit of this repository',
    );
  });

export interface Commit {
  readonly ref: string;
  readonly hash: string;
  /** Where the project lies in the repository: empty, or a path that ends in a slash. */
  readonly prefix: string;
}

/** Throws a CheckProblem outside of a repository, and for a ref that names no commit. */
export const resolveCommit = async (root: string, ref: string): Promise<Commit> => {
  const inside = await git(root, ['rev-parse', '--show-prefix']);
  if (inside.code !== 0) {
    throw new CheckProblem('this is no git repository', root, 'run it in a clone; an unpacked archive has no history');
  }
  const found = await git(root, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`]);
  if (found.code === 0) return { ref, hash: found.answer.trim(), prefix: inside.answer.trim() };
  throw new CheckProblem(
    `'${ref}' names no commit`,
    '--against',
    'name a branch, tag or hash that `git log` knows; a shallow clone must fetch it first: git fetch origin <branch>',
  );
};

/** Files that differ from the commit that is checked out, new ones included. */
export const uncommittedFiles = async (root: string): Promise<readonly string[]> => {
  const { answer } = await git(root, ['status', '--porcelain', '--untracked-files=all']);
  return answer.split('\n').filter((line) => line !== '');
};

export const addWorktree = async (root: string, folder: string, { ref, hash }: Commit): Promise<void> => {
  const { code, output } = await git(root, ['worktree', 'add', '--detach', '--quiet', folder, hash]);
  if (code === 0) return;
  throw new CheckProblem(
    `git cannot check out ${ref}: ${output.trim()}`,
    folder,
    'try `git worktree prune`, then again',
  );
};

/** Leaves nothing, whether or not the work tree was ever complete. */
export const removeWorktree = async (root: string, folder: string): Promise<void> => {
  await git(root, ['worktree', 'remove', '--force', folder]);
};
