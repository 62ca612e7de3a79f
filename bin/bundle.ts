import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { bundleAll } from '../lib/bundle/bundle-all.ts';
import { sizesTable } from '../lib/bundle/sizes.ts';

const HELP = `Bundles every function into build/<service>.<function>/index.js and prints the sizes. Does nothing for what is
bundled already and has not changed.

  npm run bundle`;

const main = async (): Promise<void> => {
  const { values } = parseArgs({ options: { help: { type: 'boolean', short: 'h' } } });
  if (values.help) return console.log(HELP);
  const report = await bundleAll({ root: dirname(import.meta.dirname) });
  for (const { bundleFolder, bytes } of report.bundles) {
    console.log(`${bundleFolder.padEnd(60)}${String(Math.round(bytes / 1024)).padStart(6)} KB`);
  }
  return console.log(`\n${sizesTable(report)}`);
};

main().catch((error: unknown) => {
  console.error(`bundle: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
});
