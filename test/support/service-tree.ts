import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export interface ServiceTree extends AsyncDisposable {
  readonly root: string;
  write(path: string, contents: string): Promise<void>;
}

/** A throwaway checkout that holds only the given files. */
export const serviceTree = async (files: Readonly<Record<string, string>>): Promise<ServiceTree> => {
  const root = await mkdtemp(join(tmpdir(), 'service-tree-'));
  const write = async (path: string, contents: string): Promise<void> => {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), contents);
  };
  for (const [path, contents] of Object.entries(files)) await write(path, contents);
  return { root, write, [Symbol.asyncDispose]: () => rm(root, { recursive: true, force: true }) };
};
