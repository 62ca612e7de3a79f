import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { messageOf } from '../core/thrown.ts';
import { coverageText } from '../runtime/coverage-text.ts';
import { type Runtime, startRuntime } from '../runtime/start-runtime.ts';
import { removeStateFile, stateFileIn, writeStateFile } from '../runtime/state-file.ts';
import { refuseSecondIn } from './already-running.ts';
import type { LocalOptions } from './options.ts';
import { readProject } from './project.ts';
import { createReporter, type Reporter } from './reporter.ts';
import { synthesize } from './synthesize.ts';
import type { Terminal } from './terminal.ts';

export interface BundleWatcher {
  close(): void | Promise<void>;
}

/** Rebuilds a function's bundle when its sources change. Comes from outside: the runtime knows nothing of how code is built. */
export type WatchBundles = (listener: {
  onRebuilt(rebuilt: { readonly bundleFolder: string; readonly durationMs: number }): void;
  onFailed(message: string): void;
}) => Promise<BundleWatcher>;

export interface LocalRun {
  readonly runtime: Runtime;
  /** Ends everything and takes the state file away. */
  stop(): Promise<void>;
}

export interface RunContext {
  readonly terminal: Terminal;
  /** Milliseconds since the process began. */
  readonly sinceStartMs: () => number;
  readonly watchBundles: WatchBundles | undefined;
  /** What the project itself suggests to try, one command a line. */
  readonly suggestions?: readonly string[];
  /** Aborts synthesis. */
  readonly signal?: AbortSignal;
}

const obtainAssembly = async ({ app, stage }: LocalOptions, { terminal, signal }: RunContext) =>
  app === undefined
    ? synthesize(readProject(terminal.folder), stage, signal)
    : { assemblyFolder: resolve(terminal.folder, app), ran: false };

/** Answers where it lies, relative to the project. */
const writeCoverage = (folder: string, { coverage, world }: Runtime): string => {
  const file = join(folder, '.local', 'coverage.txt');
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, coverageText(coverage));
  world.onStop('coverage report', () => rmSync(file, { force: true }));
  return relative(folder, file);
};

const takenPort = (asked: number, url: string | undefined): number | undefined =>
  asked !== 0 && url !== undefined && Number(new URL(url).port) !== asked ? asked : undefined;

/** Runs edited code from the next invocation on. A system whose bundles cannot be watched runs all the same. */
const reloadOnChange = async (
  { world }: Runtime,
  reporter: Reporter,
  watchBundles: WatchBundles,
  sinceStartMs: () => number,
): Promise<void> => {
  try {
    const watcher = await watchBundles({
      onRebuilt: ({ bundleFolder, durationMs }) => {
        const before = sinceStartMs();
        if (world.need('functions').reload(bundleFolder).length === 0) return;
        const name = basename(bundleFolder).replace('.', '/');
        reporter.reloaded(name, Math.round(durationMs + sinceStartMs() - before));
      },
      onFailed: (message) => reporter.buildFailed(message),
    });
    world.onStop('bundle watcher', () => watcher.close());
    reporter.watching();
  } catch (error) {
    reporter.notWatching(messageOf(error));
  }
};

/** `npm start`: synthesizes if needed, starts, reports, and reloads functions as they are edited. Throws StartError. */
export const runLocal = async (options: LocalOptions, context: RunContext): Promise<LocalRun> => {
  const { terminal, sinceStartMs, watchBundles } = context;
  const reporter = createReporter(terminal, options);
  const file = stateFileIn(terminal.folder);
  await refuseSecondIn(file);
  const { assemblyFolder, ran } = await obtainAssembly(options, context);
  const runtime = await startRuntime({
    assemblyFolder,
    port: options.port,
    endpointPort: options.endpointPort,
    ...(options.alsoListenOn !== undefined && { alsoListenOn: options.alsoListenOn }),
    ...(options.keep && { keepFolder: join(terminal.folder, '.local', 'keep', options.stage) }),
  });
  const { apiUrl = '', controlUrl, controlToken } = runtime;
  const endpointUrl = runtime.world.endpointUrl();
  writeStateFile(file, { apiUrl, endpointUrl, controlUrl, controlToken, pid: process.pid, stage: options.stage });
  runtime.world.onStop('state file', () => removeStateFile(file, process.pid));
  reporter.started({
    runtime,
    stage: options.stage,
    durationMs: Math.round(sinceStartMs()),
    synthesized: ran,
    takenPort: takenPort(options.port, runtime.apiUrl),
    takenEndpointPort: takenPort(options.endpointPort, endpointUrl),
    coverageFile: writeCoverage(terminal.folder, runtime),
    suggestions: options.app === undefined ? (context.suggestions ?? []) : [],
  });
  reporter.follow(runtime);
  if (options.app === undefined && watchBundles) await reloadOnChange(runtime, reporter, watchBundles, sinceStartMs);
  const stop = async () => {
    reporter.stopping();
    await runtime.stop();
    reporter.stopped();
  };
  return { runtime, stop };
};
