import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';
import { buildEntries } from './build.ts';
import { earlierBundles, rememberBundles } from './earlier-bundles.ts';
import { BUNDLES, bundleOf, type Entry, findEntries } from './entries.ts';
import { refuseIntruders } from './intruders.ts';
import { writeBundles } from './write-bundles.ts';

export interface Bundle extends Entry {
  /** Size of the program, uncompressed. */
  readonly bytes: number;
}

export interface BundleReport {
  readonly bundles: readonly Bundle[];
  readonly durationMs: number;
  readonly metafile: Metafile;
}

const subfolders = async (folder: string): Promise<readonly string[]> => {
  const found = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return found.filter((each) => each.isDirectory()).map(({ name }) => name);
};

/** Other folders of `build/` are not ours to remove. */
const IS_BUNDLE = /^[^.]+\.[^.]+$/;

const removeStale = async (root: string, entries: readonly Entry[]): Promise<void> => {
  const kept = new Set(entries.map(({ bundleFolder }) => bundleFolder));
  for (const name of await subfolders(join(root, BUNDLES))) {
    const folder = `${BUNDLES}/${name}`;
    if (IS_BUNDLE.test(name) && !kept.has(folder)) await rm(join(root, folder), { recursive: true, force: true });
  }
};

const bundleAgain = async (root: string, entries: readonly Entry[]): Promise<Metafile> => {
  const built = await buildEntries(root, entries);
  refuseIntruders(built.metafile, entries);
  await writeBundles(root, entries, built);
  await removeStale(root, entries);
  await rememberBundles(root, entries, built.metafile);
  return built.metafile;
};

/**
 * Bundles every function in one esbuild run into `build/<service>.<name>/index.js`, with its source map, and the
 * programs of containers into `build/<service>.task`. It leaves esbuild's metafile in `build/metafile.json`. When nothing has changed since, it does nothing. Throws an Error that shows what is wrong in which source.
 */
export const bundleAll = async ({ root }: { readonly root: string }): Promise<BundleReport> => {
  const startedMs = performance.now();
  const entries = await findEntries(root);
  const metafile = (await earlierBundles(root, entries)) ?? (await bundleAgain(root, entries));
  const bundles = entries.map((entry) => ({
    ...entry,
    bytes: metafile.outputs[bundleOf(entry)]?.bytes ?? 0,
  }));
  return { bundles, durationMs: performance.now() - startedMs, metafile };
};
