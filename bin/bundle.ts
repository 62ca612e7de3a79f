import { dirname } from 'node:path';
import { bundleAll } from '../lib/bundle/bundle-all.ts';
import { sizesTable } from '../lib/bundle/sizes.ts';

const report = await bundleAll({ root: dirname(import.meta.dirname) });
for (const { bundleFolder, bytes } of report.bundles) {
  console.log(`${bundleFolder.padEnd(60)}${String(Math.round(bytes / 1024)).padStart(6)} KB`);
}
console.log(`\n${sizesTable(report)}`);
