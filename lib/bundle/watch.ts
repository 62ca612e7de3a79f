import { join } from 'node:path';
import { buildEntries } from './build.ts';
import { readMetafile } from './earlier-bundles.ts';
import { bundleOf, type Entry, findEntries } from './entries.ts';
import { inputsOf, refuseIntruders } from './intruders.ts';
import { writeBundles } from './write-bundles.ts';

export interface Rebuilt {
  /** `build/<service>.<function>` each, as a function's template metadata names it. */
  readonly bundleFolders: readonly string[];
  /** From the file system's notice until the new code was in place. */
  readonly durationMs: number;
}

export interface WatchOptions {
  readonly root: string;
  /** Calls back with the path, relative to the folder, of each file below it that changes. */
  readonly watchFolder: (folder: string, onFile: (path: string) => void) => { close(): void };
  readonly onRebuilt: (rebuilt: Rebuilt) => void;
  readonly onFailed: (message: string) => void;
}

/** Editors write a file in several steps; this much quiet makes them one change. */
const SETTLE_MS = 15;

const WATCHED = ['functions', 'events'];

/** Which sources make up each bundle, kept up to date with what was built last. */
const trackInputs = async (root: string): Promise<Map<string, ReadonlySet<string>>> => {
  const metafile = await readMetafile(root);
  if (metafile === undefined) throw new Error('nothing has been bundled yet that could be watched');
  const entries = (await findEntries(root)).filter((entry) => metafile.outputs[bundleOf(entry)]);
  return new Map(entries.map((entry) => [entry.source, new Set(inputsOf(metafile, entry))]));
};

/** Rebuilds the functions that a changed source is part of, and only those, until it is closed. Bundle all of them first. */
export const watchBundles = async ({
  root,
  watchFolder,
  onRebuilt,
  onFailed,
}: WatchOptions): Promise<{ close(): void }> => {
  const inputs = await trackInputs(root);
  const changed = new Set<string>();
  let noticedMs = 0;
  let settling: NodeJS.Timeout | undefined;
  let rebuilding = Promise.resolve();

  const affected = async (sources: ReadonlySet<string>): Promise<readonly Entry[]> => {
    const entries = await findEntries(root);
    return entries.filter(({ source }) => {
      const known = inputs.get(source);
      return known === undefined ? sources.has(source) : [...sources].some((file) => known.has(file));
    });
  };

  const rebuild = async (sources: ReadonlySet<string>, startedMs: number): Promise<void> => {
    try {
      const entries = await affected(sources);
      if (entries.length === 0) return;
      const built = await buildEntries(root, entries);
      refuseIntruders(built.metafile, entries);
      await writeBundles(root, entries, built);
      for (const entry of entries) inputs.set(entry.source, new Set(inputsOf(built.metafile, entry)));
      const durationMs = performance.now() - startedMs;
      onRebuilt({ bundleFolders: entries.map(({ bundleFolder }) => bundleFolder), durationMs });
    } catch (error) {
      onFailed(error instanceof Error ? error.message : String(error));
    }
  };

  const settle = () => {
    const sources = new Set(changed);
    const startedMs = noticedMs;
    changed.clear();
    rebuilding = rebuilding.then(() => rebuild(sources, startedMs));
  };

  const notice = (file: string) => {
    if (changed.size === 0) noticedMs = performance.now();
    changed.add(file);
    clearTimeout(settling);
    settling = setTimeout(settle, SETTLE_MS);
  };

  const watchers = WATCHED.map((folder) =>
    watchFolder(join(root, folder), (path) => {
      if (path.endsWith('.ts')) notice(`${folder}/${path}`);
    }),
  );
  return {
    close: () => {
      clearTimeout(settling);
      for (const watcher of watchers) watcher.close();
    },
  };
};
