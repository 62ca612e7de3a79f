import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { parseArgs } from 'node:util';
import { stageNamed } from '../../lib/config/stages.ts';
import { normalTemplate } from './normal-template.ts';
import { type StageTemplates, stageDelta } from './stage-delta.ts';
import { synthesize } from './synthesized.ts';
import { readTemplates } from './templates.ts';

const GOLDEN = join(import.meta.dirname, '../infra/golden');

const HELP = `Writes the golden templates again. Review what git then shows: it is what a deploy would change.

  npm run golden

  test/infra/golden/dev/<stack>.json   the templates of stage dev
  test/infra/golden/prod.yaml          what stage prod has other than dev`;

const templatesOf = async (stage: string): Promise<StageTemplates> => ({
  prefix: stageNamed(stage).prefix,
  templates: await readTemplates(await synthesize(stage)),
});

/** Texts of golden files by path below test/infra/golden. */
export type GoldenFiles = ReadonlyMap<string, string>;

/** What the sources give now. */
export const currentGolden = async (): Promise<GoldenFiles> => {
  const dev = await templatesOf('dev');
  const prod = await templatesOf('prod');
  const templates = [...dev.templates].map(([stack, template]): [string, string] => [
    `dev/${stack}.json`,
    normalTemplate(template),
  ]);
  return new Map([...templates, ['prod.yaml', stageDelta(dev, prod)]]);
};

/** What is committed. */
export const readGolden = async (): Promise<GoldenFiles> => {
  const found = await readdir(GOLDEN, { recursive: true, withFileTypes: true });
  const files = found.filter((each) => each.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  const read = files.map(
    async (file): Promise<[string, string]> => [
      relative(GOLDEN, file).replaceAll(sep, '/'),
      await readFile(file, 'utf8'),
    ],
  );
  return new Map(await Promise.all(read));
};

const refresh = async (): Promise<void> => {
  const [before, now] = [await readGolden(), await currentGolden()];
  const gone = [...before.keys()].filter((path) => !now.has(path));
  const changed = [...now].filter(([path, text]) => before.get(path) !== text);
  for (const path of gone) await rm(join(GOLDEN, path));
  for (const [path, text] of changed) {
    await mkdir(dirname(join(GOLDEN, path)), { recursive: true });
    await writeFile(join(GOLDEN, path), text);
  }
  console.log(`${now.size} golden files: ${changed.length} written, ${gone.length} removed; review them with git diff`);
};

const run = async (): Promise<void> => {
  try {
    const { help } = parseArgs({ options: { help: { type: 'boolean', short: 'h', default: false } } }).values;
    if (help) console.log(HELP);
    else await refresh();
  } catch (error) {
    console.error(`golden: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  }
};

if (process.argv[1] === import.meta.filename) await run();
