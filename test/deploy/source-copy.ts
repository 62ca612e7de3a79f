import { cp, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** What the app is synthesized from; the compiler's settings reach esbuild. */
const SOURCES = ['bin', 'lib', 'functions', 'events', 'cdk.json', 'package.json', 'package-lock.json', 'tsconfig.json'];

/** A change of one file: either its whole text, or the replacement of a passage that occurs in it once. */
export type Edit =
  | { readonly file: string; readonly text: string }
  | { readonly file: string; readonly replace: string; readonly by: string };

/** The sources in another folder, on the same modules. */
export const copySources = async (root: string, folder: string): Promise<void> => {
  await mkdir(folder, { recursive: true });
  await Promise.all(SOURCES.map((name) => cp(join(root, name), join(folder, name), { recursive: true })));
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
};

const changed = (text: string, { file, replace, by }: Extract<Edit, { replace: string }>): string => {
  const pieces = text.split(replace);
  if (pieces.length !== 2)
    throw new Error(`${file} holds ${pieces.length - 1} times what is to be changed: ${replace}`);
  return pieces.join(by);
};

export const editSources = async (folder: string, edits: readonly Edit[]): Promise<void> => {
  for (const edit of edits) {
    const path = join(folder, edit.file);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, 'text' in edit ? edit.text : changed(await readFile(path, 'utf8'), edit));
  }
};
