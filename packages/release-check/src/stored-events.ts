import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { exportsOf, filesBelow } from './modules-below.ts';
import type { StoredKind } from './rules/release.ts';

/** What is read of a service's `rows/<aggregate>-events.ts`. */
interface StoredEvents {
  readonly aggregate: string;
  readonly versions: Readonly<
    Record<
      string,
      { readonly reads: number; readonly writes: number; readonly shape: string; readonly ignorable: boolean }
    >
  >;
}

const isStoredEvents = (value: unknown): value is StoredEvents =>
  typeof value === 'object' && value !== null && 'aggregate' in value && 'versions' in value;

/** Every type of event that the sources below `root` store, in order of file. */
export const readStoredKinds = async (root: string): Promise<readonly StoredKind[]> => {
  const files = await filesBelow(root, 'functions', /^functions\/[^/]+\/rows\/[\w-]+-events\.ts$/);
  const kinds = files.map(async (file) =>
    (await exportsOf(root, file))
      .filter(isStoredEvents)
      .flatMap(({ aggregate, versions }) =>
        Object.entries(versions).map(([type, versionsOf]) => ({ file, aggregate, type, ...versionsOf })),
      ),
  );
  return (await Promise.all(kinds)).flat();
};

const EXAMPLES = 'events/stored';

/** The list of sums grows with every file. */
const SUMS = 'sums.json';

/** The files of what releases have stored, by path. */
export const readStoredExamples = async (root: string): Promise<Readonly<Record<string, string>>> => {
  const entries = await readdir(join(root, EXAMPLES), { recursive: true, withFileTypes: true }).catch(() => []);
  const paths = entries
    .filter((entry) => entry.isFile() && entry.name !== SUMS)
    .map(({ parentPath, name }) => join(parentPath, name));
  const files = paths.map(async (path) => [path.slice(root.length + 1), await readFile(path, 'utf8')] as const);
  return Object.fromEntries(await Promise.all(files));
};
