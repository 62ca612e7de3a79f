import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Beside the bundles, never in them: whatever lies in a bundle's folder is part of the asset and of its hash. */
const PENDING = 'build/.pending';

const holds = async (file: string, contents: Uint8Array): Promise<boolean> => {
  try {
    return (await readFile(file)).equals(contents);
  } catch {
    return false;
  }
};

/** Writes a file so that no reader ever sees half of it, and leaves an equal one untouched. `path` is below `root`. */
export const writeWhenChanged = async (root: string, path: string, contents: Uint8Array | string): Promise<void> => {
  const bytes = Buffer.from(contents);
  const file = join(root, path);
  if (await holds(file, bytes)) return;
  const pending = join(root, PENDING, randomUUID());
  await mkdir(dirname(pending), { recursive: true });
  await mkdir(dirname(file), { recursive: true });
  await writeFile(pending, bytes);
  await rename(pending, file);
};

/** Adds generated files to bundles, before those become assets. Paths are below `root`. */
export const addToBundles = async (root: string, files: Readonly<Record<string, string>>): Promise<void> => {
  for (const [path, text] of Object.entries(files)) await writeWhenChanged(root, path, text);
};
