import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { coverageText } from '../runtime/coverage-text.ts';
import { goOnAfterFaults } from '../runtime/last-resort.ts';
import { type Runtime, startRuntime } from '../runtime/start-runtime.ts';
import { removeStateFile, stateFileIn, writeStateFile } from '../runtime/state-file.ts';
import { refuseSecondIn } from './already-running.ts';
import { applyOnChange, reloadOnChange, type WatchBundles } from './follow/follow-edits.ts';
import type { AssemblySources } from './follow/follow-sources.ts';
import { openInspector } from './inspector.ts';
import type { LocalOptions } from './options.ts';
import { readProject } from './project.ts';
import { jsonReporter } from './report/json-reporter.ts';
import { textReporter } from './report/text-reporter.ts';
import { synthesize } from './synthesize.ts';
import type { Terminal } from './terminal.ts';

export interface LocalRun {
  readonly runtime: Runtime;
  /** Ends everything and takes the state file away. */
  stop(): Promise<void>;
}

export interface RunContext {
  readonly terminal: Terminal;
  /** Milliseconds since the process began. */
  readonly sinceStartMs: () => number;
  readonly watchBundles?: WatchBundles;
  readonly assemblySources?: AssemblySources;
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

/** `npm start`: synthesizes if needed, starts, reports, and follows what is edited. Throws StartError. */
export const runLocal = async (options: LocalOptions, context: RunContext): Promise<LocalRun> => {
  const { terminal, sinceStartMs, watchBundles } = context;
  const reporter = options.json ? jsonReporter(terminal, options) : textReporter(terminal, options);
  const file = stateFileIn(terminal.folder);
  await refuseSecondIn(file);
  const { assemblyFolder, ran } = await obtainAssembly(options, context);
  const inspectorUrl = options.inspect === undefined ? undefined : await openInspector(options.inspect);
  const runtime = await startRuntime({
    assemblyFolder,
    debugging: inspectorUrl !== undefined,
    ...(options.containers && { tasks: 'containers' }),
    enforced: !options.noIam,
    port: options.port,
    endpointPort: options.endpointPort,
    ...(options.alsoListenOn !== undefined && { alsoListenOn: options.alsoListenOn }),
    ...(options.keep && { keepFolder: join(terminal.folder, '.local', 'keep', options.stage) }),
  });
  goOnAfterFaults(runtime.world);
  const { apiUrl = '', controlUrl, controlToken } = runtime;
  const endpointUrl = runtime.world.endpointUrl();
  writeStateFile(file, { apiUrl, endpointUrl, controlUrl, controlToken, pid: process.pid, stage: options.stage });
  runtime.world.onStop('state file', () => removeStateFile(file, process.pid));
  // Before anything is printed: an edit that follows what is on the screen must arrive.
  applyOnChange(runtime, options, terminal, context.assemblySources);
  reporter.started({
    runtime,
    inspectorUrl,
    stage: options.stage,
    durationMs: Math.round(sinceStartMs()),
    synthesized: ran,
    takenPort: takenPort(options.port, runtime.apiUrl),
    takenEndpointPort: takenPort(options.endpointPort, endpointUrl),
    coverageFile: writeCoverage(terminal.folder, runtime),
    suggestions: options.app === undefined ? (context.suggestions ?? []) : [],
  });
  reporter.follow(runtime);
  if (options.app === undefined && watchBundles) await reloadOnChange(runtime, reporter, watchBundles);
  const stop = async () => {
    reporter.stopping();
    await runtime.stop();
    reporter.stopped();
  };
  return { runtime, stop };
};
