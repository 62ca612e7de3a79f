import { readFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import type { Built } from './build.ts';
import { DOCKERFILE, type Entry } from './entries.ts';
import { writeWhenChanged } from './write-when-changed.ts';

/** Without it a bundle that lies in the checkout would be read as ESM, as the project's own package.json says. */
const COMMON_JS = '{ "type": "commonjs" }\n';

export const writeBundles = async (root: string, entries: readonly Entry[], { files }: Built): Promise<void> => {
  const bundles = files.map(({ path, contents }) => writeWhenChanged(root, relative(root, path), contents));
  const types = entries.map(({ bundleFolder }) =>
    writeWhenChanged(root, join(bundleFolder, 'package.json'), COMMON_JS),
  );
  const images = entries
    .filter(({ program }) => program === 'main')
    .map(async ({ source, bundleFolder }) => {
      const file = await readFile(join(root, dirname(source), DOCKERFILE));
      await writeWhenChanged(root, join(bundleFolder, DOCKERFILE), file);
    });
  await Promise.all([...bundles, ...types, ...images]);
};
