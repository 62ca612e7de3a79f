import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { normalTemplate } from './normal-template.ts';
import { synthesize } from './synthesized.ts';
import { readTemplates } from './templates.ts';

export const GOLDEN = join(import.meta.dirname, '../infra/golden');

export const STAGES = ['dev', 'prod'];

/** Makes the golden templates of every stage anew: `npm run golden`. Review what git then shows. */
const refresh = async (): Promise<void> => {
  for (const stage of STAGES) {
    const folder = join(GOLDEN, stage);
    await mkdir(folder, { recursive: true });
    for (const file of await readdir(folder)) await rm(join(folder, file));
    for (const [stack, template] of await readTemplates(await synthesize(stage))) {
      await writeFile(join(folder, `${stack}.json`), normalTemplate(template));
    }
  }
};

if (process.argv[1] === import.meta.filename) await refresh();
