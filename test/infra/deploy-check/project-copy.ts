import { type ChildProcess, spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { linkTree } from '@archipelago/release-check';

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
  /** Runs a program of `bin`. */
  run(program: 'deploy-check' | 'contracts', ...args: readonly string[]): Promise<Ended>;
  /** As `run`, interrupted by Ctrl+C when `ready` answers. */
  interrupt(program: 'deploy-check', args: readonly string[], ready: () => Promise<unknown>): Promise<Ended>;
}

const SOURCES = ['bin', 'lib', 'functions', 'events', 'packages', 'test/e2e', 'docs/runbook'];
const SETTINGS = ['cdk.json', 'package.json', 'package-lock.json', 'tsconfig.json', '.gitignore'];

const start = (
  program: string,
  args: readonly string[],
  cwd: string,
): { child: ChildProcess; ended: Promise<Ended> } => {
  const child = spawn(program, [...args], { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise<Ended>((resolve, reject) => {
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, output }));
  });
  return { child, ended };
};

const AUTHOR = ['-c', 'user.name=Test', '-c', 'user.email=test@example.com', '-c', 'commit.gpgsign=false'];

/** What the copy has of its own; every other dependency is found in the checkout above it, at no cost. */
const LINKED = ['@archipelago', '@bufbuild', '@connectrpc', 'minisearch', 'zod'];

/** Below `build`: dependencies are hard links, which do not cross file systems. */
export const projectCopy = async (): Promise<ProjectCopy> => {
  await mkdir('build', { recursive: true });
  const root = await mkdtemp(join(process.cwd(), 'build/deploy-check-'));
  for (const path of [...SOURCES, ...SETTINGS]) await cp(path, join(root, path), { recursive: true });
  for (const name of LINKED) await linkTree(join('node_modules', name), join(root, 'node_modules', name));
  const git: ProjectCopy['git'] = (...args) => start('git', [...AUTHOR, ...args], root).ended;
  await git('init', '--quiet');
  await git('add', '.');
  await git('commit', '--quiet', '--message', 'Deployed');
  return {
    root,
    git,
    run: (program, ...args) => start(process.execPath, [`bin/${program}.ts`, ...args], root).ended,
    interrupt: async (program, args, ready) => {
      const { child, ended } = start(process.execPath, [`bin/${program}.ts`, ...args], root);
      await ready();
      child.kill('SIGINT');
      return ended;
    },
    copy: (from, to) => cp(join(root, from), join(root, to)),
    edit: async (path, from, to) => {
      const text = await readFile(join(root, path), 'utf8');
      if (!text.includes(from)) throw new Error(`${path} does not hold ${from}`);
      await writeFile(join(root, path), text.replace(from, to));
    },
    [Symbol.asyncDispose]: () => rm(root, { recursive: true, force: true }),
  };
};
