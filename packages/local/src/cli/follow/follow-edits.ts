import { basename, resolve } from 'node:path';
import { messageOf } from '../../core/thrown.ts';
import type { Runtime } from '../../runtime/start-runtime.ts';
import type { LocalOptions } from '../options.ts';
import { readProject } from '../project.ts';
import { createChangeReporter } from '../report/change-reporter.ts';
import type { Reporter } from '../reporter.ts';
import { synthesize } from '../synthesize.ts';
import type { Terminal } from '../terminal.ts';
import { type AssemblySources, type Following, followSources } from './follow-sources.ts';
import { type FolderWatcher, watchFolder } from './watch-folder.ts';

/** Rebuilds bundles when their sources change. Comes from outside: the runtime knows nothing of how code is built. */
export type WatchBundles = (listener: {
  /** Calls back with the path, relative to the folder, of each file below it that changes. */
  readonly watchFolder: (folder: string, onFile: (path: string) => void) => FolderWatcher;
  /** One edit may be part of several bundles. */
  onRebuilt(rebuilt: { readonly bundleFolders: readonly string[]; readonly durationMs: number }): void;
  onFailed(message: string): void;
}) => Promise<FolderWatcher>;

const MOST_NAMES = 3;

const namesOf = (bundleFolders: readonly string[]): string =>
  bundleFolders.length > MOST_NAMES
    ? `${bundleFolders.length} functions`
    : bundleFolders.map((folder) => basename(folder).replace('.', '/')).join(', ');

/** Runs edited code from the next invocation on. A system whose bundles cannot be watched runs all the same. */
export const reloadOnChange = async (
  { world }: Runtime,
  reporter: Reporter,
  watchBundles: WatchBundles,
): Promise<void> => {
  try {
    const watcher = await watchBundles({
      watchFolder,
      onRebuilt: ({ bundleFolders, durationMs }) => {
        const before = performance.now();
        const owners = [world.need('functions'), world.need('tasks')];
        const reloaded = bundleFolders.filter((folder) => owners.some((owner) => owner.reload(folder).length > 0));
        if (reloaded.length === 0) return;
        reporter.reloaded(namesOf(reloaded), Math.round(durationMs + performance.now() - before));
      },
      onFailed: (message) => reporter.buildFailed(message),
    });
    world.onStop('bundle watcher', () => watcher.close());
    reporter.watching();
  } catch (error) {
    reporter.notWatching(messageOf(error));
  }
};

type Origin = Pick<Following, 'folder' | 'sources' | 'synthesize'>;

/** This project, or the assembly that somebody else synthesizes. */
const originOf = ({ app, stage }: LocalOptions, folder: string): Origin => {
  if (app !== undefined) {
    const assemblyFolder = resolve(folder, app);
    return { folder: assemblyFolder, sources: ['manifest.json'], synthesize: async () => assemblyFolder };
  }
  const project = readProject(folder);
  const run: Origin['synthesize'] = async (signal) => (await synthesize(project, stage, signal)).assemblyFolder;
  return { folder, sources: project.sources, synthesize: run };
};

/** Applies what edited stacks and contracts, or an assembly that was synthesized again, change in the running system. */
export const applyOnChange = (
  runtime: Runtime,
  options: LocalOptions,
  terminal: Terminal,
  assemblySources: AssemblySources | undefined,
): void => {
  const origin = originOf(options, terminal.folder);
  if (origin.sources.length === 0) return;
  const follower = followSources({
    ...origin,
    assemblySources,
    apply: (folder) => runtime.apply(folder),
    reporter: createChangeReporter(terminal, options, terminal.commandLine('start')),
  });
  runtime.world.onStop('source watcher', () => follower.close());
};
