import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Metafile } from 'esbuild';
import { bundleOf, DOCKERFILE, type Entry } from './entries.ts';
import { writeWhenChanged } from './write-when-changed.ts';

const METAFILE = 'build/metafile.json';
const FINGERPRINT = 'build/metafile.fingerprint';

/** What decides how sources are bundled, besides the sources. */
const SETTINGS = ['package-lock.json', 'lib/bundle/build.ts', 'lib/bundle/prebuilt-packages.ts'];

/** Path, size and time of each file: reading hundreds of files would cost a third of bundling them. */
const fingerprintOf = async (root: string, entries: readonly Entry[], metafile: Metafile): Promise<string> => {
  const images = entries.map(({ source }) => `${dirname(source)}/${DOCKERFILE}`);
  const bundles = entries.map((entry) => bundleOf(entry));
  const files = [...SETTINGS, ...Object.keys(metafile.inputs), ...bundles, ...new Set(images)];
  const marks = await Promise.all(
    files.map(async (file) => {
      const found = await stat(join(root, file)).catch(() => undefined);
      return `${file} ${found?.size} ${found?.mtimeMs}`;
    }),
  );
  return createHash('sha256').update(marks.join('\n')).digest('hex');
};

/** What esbuild reported of the last bundling; undefined before the first. */
export const readMetafile = async (root: string): Promise<Metafile | undefined> => {
  const text = await readFile(join(root, METAFILE), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : JSON.parse(text);
};

/** The metafile of the last bundling, when it was of these entries and nothing that went into it has changed since. */
export const earlierBundles = async (root: string, entries: readonly Entry[]): Promise<Metafile | undefined> => {
  const metafile = await readMetafile(root);
  const known = await readFile(join(root, FINGERPRINT), 'utf8').catch(() => undefined);
  if (metafile === undefined || known === undefined) return undefined;
  return known === (await fingerprintOf(root, entries, metafile)) ? metafile : undefined;
};

export const rememberBundles = async (root: string, entries: readonly Entry[], metafile: Metafile): Promise<void> => {
  await writeWhenChanged(root, METAFILE, JSON.stringify(metafile));
  await writeWhenChanged(root, FINGERPRINT, await fingerprintOf(root, entries, metafile));
};
