import { copyFile, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What a test changes in the text of every template. */
export type EditTemplate = (template: string) => string;

/** A copy of an assembly in a new folder, with edited templates. Assets are linked, not copied. */
export const copyAssembly = async (assembly: string, folder: string, edit: EditTemplate): Promise<string> => {
  await mkdir(folder);
  for (const entry of await readdir(assembly, { withFileTypes: true })) {
    const [from, to] = [join(assembly, entry.name), join(folder, entry.name)];
    if (entry.isDirectory()) await symlink(from, to, 'junction');
    else if (!entry.name.endsWith('.template.json')) await copyFile(from, to);
    else await writeFile(to, edit(await readFile(from, 'utf8')));
  }
  return folder;
};

/** The least that AWS takes: a consumer's timeout. What is deployed waits for six of them, as AWS advises. */
const VISIBILITY_SECONDS = 30;

/**
 * A test need not wait three minutes for a queue to give a message again whose consumer failed, nor two seconds for the
 * projection to gather events: a wait for every case that looks at a view.
 */
export const shortWaits: EditTemplate = (template) =>
  template
    .replace(/"VisibilityTimeout": ?\d+/g, `"VisibilityTimeout":${VISIBILITY_SECONDS}`)
    .replace(/"MaximumBatchingWindowInSeconds": ?\d+/g, '"MaximumBatchingWindowInSeconds":0');
