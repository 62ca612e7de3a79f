import { access, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { synthesizeInto } from './assembly.ts';
import { addWorktree, type Commit, removeWorktree, resolveCommit } from './git.ts';
import { linkTree } from './link-tree.ts';
import { CheckProblem, lastLines } from './problem.ts';
import { runProgram } from './program.ts';

export interface EarlierTree extends AsyncDisposable {
  readonly root: string;
}

const LOCK = 'package-lock.json';

const install = async (root: string, ref: string, signal: AbortSignal): Promise<void> => {
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const { code, output } = await runProgram(npm, ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: root,
    signal,
  });
  if (code === 0) return;
  throw new CheckProblem(
    `the dependencies of ${ref} differ from those installed, and cannot be installed:\n${lastLines(output)}`,
    `${LOCK} of ${ref}`,
    'check that npm reaches its registry',
  );
};

/** Dependencies change templates too (a new aws-cdk-lib), so that each tree is synthesized with its own. */
const provideDependencies = async (root: string, earlier: string, ref: string, signal: AbortSignal): Promise<void> => {
  const [ours, theirs] = await Promise.all(
    [root, earlier].map((folder) => readFile(join(folder, LOCK), 'utf8').catch(() => '')),
  );
  if (ours === theirs) await linkTree(join(root, 'node_modules'), join(earlier, 'node_modules'), signal);
  else await install(earlier, ref, signal);
};

const requireProject = async (root: string, { ref, prefix }: Commit): Promise<void> => {
  await access(join(root, 'bin/app.ts')).catch(() => {
    throw new CheckProblem(`${ref} does not hold this project`, `${prefix}bin/app.ts`, 'name a commit that does');
  });
};

/**
 * The sources of a commit with their dependencies, in a work tree of their own: below `build`, because hard links
 * do not cross file systems. Dispose of it.
 */
export const checkOut = async (root: string, commit: Commit, signal: AbortSignal): Promise<EarlierTree> => {
  const folder = join(root, 'build/against', `${commit.hash.slice(0, 12)}-${process.pid}`);
  const dispose = async () => {
    await removeWorktree(root, folder);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await addWorktree(root, folder, commit);
    const project = join(folder, commit.prefix);
    await requireProject(project, commit);
    await provideDependencies(root, project, commit.ref, signal);
    return { root: project, [Symbol.asyncDispose]: dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
};

export interface EarlierAssembly extends AsyncDisposable {
  readonly folder: string;
  /** Of the commit. */
  readonly hash: string;
}

/** What a commit would deploy as one stage: its assembly, with the code of all functions. Dispose of it. */
export const synthesizeCommit = async (
  root: string,
  ref: string,
  stage: string,
  signal: AbortSignal,
): Promise<EarlierAssembly> => {
  const commit = await resolveCommit(root, ref);
  await using tree = await checkOut(root, commit, signal);
  const folder = await mkdtemp(join(tmpdir(), 'earlier-assembly-'));
  const dispose = () => rm(folder, { recursive: true, force: true });
  try {
    await synthesizeInto(folder, { root: tree.root, stage, label: ref, signal });
    return { folder, hash: commit.hash, [Symbol.asyncDispose]: dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
};
