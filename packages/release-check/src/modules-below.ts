import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Paths from `root`, sorted. */
export const filesBelow = async (root: string, folder: string, pattern: RegExp): Promise<readonly string[]> => {
  const found = await readdir(join(root, folder), { recursive: true });
  return found
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
    .filter((file) => pattern.test(file))
    .sort();
};

export const exportsOf = async (root: string, file: string): Promise<readonly unknown[]> =>
  Object.values(await import(pathToFileURL(join(root, file)).href));
