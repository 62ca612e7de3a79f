import { spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { linkTree } from '../../../lib/deploy-check/link-tree.ts';

interface Ended {
  readonly code: number | null;
  /** Standard output and standard error as they came. */
  readonly output: string;
}

/** A repository of its own that holds this project's sources in one commit. */
export interface ProjectCopy extends AsyncDisposable {
  readonly root: string;
  /** Replaces text that must be there. */
  edit(path: string, from: string, to: string): Promise<void>;
  copy(from: string, to: string): Promise<void>;
  git(...args: readonly string[]): Promise<Ended>;
  check(...args: readonly string[]): Promise<Ended>;
}

const SOURCES = ['bin', 'lib', 'functions', 'events', 'local', 'test/e2e', 'docs/runbook'];
const SETTINGS = ['cdk.json', 'package.json', 'package-lock.json', 'tsconfig.json', '.gitignore'];

const run = (program: string, args: readonly string[], cwd: string): Promise<Ended> =>
  new Promise((resolve, reject) => {
    const child = spawn(program, [...args], { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, output }));
  });

const AUTHOR = ['-c', 'user.name=Test', '-c', 'user.email=test@example.com', '-c', 'commit.gpgsign=false'];

/** Below `build`: dependencies are hard links, which do not cross file systems. */
export const projectCopy = async (): Promise<ProjectCopy> => {
  await mkdir('build', { recursive: true });
  const root = await mkdtemp(join(process.cwd(), 'build/deploy-check-'));
  for (const path of [...SOURCES, ...SETTINGS]) await cp(path, join(root, path), { recursive: true });
  await linkTree('node_modules', join(root, 'node_modules'));
  const git: ProjectCopy['git'] = (...args) => run('git', [...AUTHOR, ...args], root);
  await git('init', '--quiet');
  await git('add', '.');
  await git('commit', '--quiet', '--message', 'Deployed');
  return {
    root,
    git,
    check: (...args) => run(process.execPath, ['bin/deploy-check.ts', ...args], root),
    copy: (from, to) => cp(join(root, from), join(root, to)),
    edit: async (path, from, to) => {
      const text = await readFile(join(root, path), 'utf8');
      if (!text.includes(from)) throw new Error(`${path} does not hold ${from}`);
      await writeFile(join(root, path), text.replace(from, to));
    },
    [Symbol.asyncDispose]: () => rm(root, { recursive: true, force: true }),
  };
};
