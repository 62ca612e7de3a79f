import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Item } from '../../../functions/kernel/stores/table.ts';
import type { JsonObject } from '../../../functions/kernel/values/json.ts';

/** Everything that a release has ever stored, as it stored it: append-only. */
const CORPUS = 'events/stored';

const SUMS = 'sums.json';

export interface StoredVersion {
  readonly shape: string;
  readonly examples: readonly JsonObject[];
}

/** Paths within the corpus, without its list of sums. */
export const corpusFiles = async (folder = ''): Promise<readonly string[]> => {
  const entries = await readdir(join(CORPUS, folder), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && entry.name !== SUMS)
    .map(({ parentPath, name }) => join(parentPath, name).slice(CORPUS.length + 1))
    .sort();
};

const textOf = (path: string): Promise<string> => readFile(join(CORPUS, path), 'utf8');

export const sumOf = async (path: string): Promise<string> =>
  createHash('sha256')
    .update(await textOf(path))
    .digest('hex')
    .slice(0, 16);

export const readSums = async (): Promise<Readonly<Record<string, string>>> => JSON.parse(await textOf(SUMS));

/** Of `OrderPlaced.v1`. */
export const readVersion = async (aggregate: string, name: string): Promise<StoredVersion> =>
  JSON.parse(await textOf(join(aggregate, `${name}.json`)));

export const readRows = async (path: string): Promise<readonly Item[]> => JSON.parse(await textOf(path));
