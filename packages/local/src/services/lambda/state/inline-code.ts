import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { World } from '../../../core/world.ts';

/** Writes a template's `ZipFile` text as Lambda does, as `index.js`, into a folder that goes when the runtime ends. */
export const writeInlineCode = (world: World, source: string): string => {
  const folder = mkdtempSync(join(tmpdir(), 'inline-function-'));
  writeFileSync(join(folder, 'index.js'), source);
  world.onStop(`inline code ${folder}`, () => rmSync(folder, { recursive: true, force: true }));
  return folder;
};
