import { copyFile, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The least that AWS takes: a consumer's timeout. What is deployed waits for six of them, as AWS advises. */
const VISIBILITY_SECONDS = 30;

/**
 * A copy of an assembly, in a new folder, whose queues give a message again soon after its consumer failed: a test need
 * not wait three minutes for it. Assets are linked, not copied.
 */
export const withShortVisibility = async (assembly: string, folder: string): Promise<string> => {
  await mkdir(folder);
  for (const entry of await readdir(assembly, { withFileTypes: true })) {
    const [from, to] = [join(assembly, entry.name), join(folder, entry.name)];
    if (entry.isDirectory()) await symlink(from, to, 'junction');
    else if (!entry.name.endsWith('.template.json')) await copyFile(from, to);
    else {
      const template = await readFile(from, 'utf8');
      await writeFile(to, template.replace(/"VisibilityTimeout": ?\d+/g, `"VisibilityTimeout":${VISIBILITY_SECONDS}`));
    }
  }
  return folder;
};
