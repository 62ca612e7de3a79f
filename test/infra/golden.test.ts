import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { GOLDEN, STAGES } from '../support/golden.ts';
import { normalTemplate } from '../support/normal-template.ts';
import { synthesize } from '../support/synthesized.ts';
import { readTemplates } from '../support/templates.ts';

const SYNTHESIS_MS = 60_000;

const HOW = 'If this change of the infrastructure is meant, run `npm run golden` and review the diff.';

/** The first line that differs says more than a diff of thousands. */
const firstDifference = (golden: string, actual: string): string | undefined => {
  if (golden === actual) return undefined;
  const expected = golden.split('\n');
  const lines = actual.split('\n');
  const at = lines.findIndex((line, index) => line !== expected[index]);
  return `line ${at + 1}: expected ${expected[at]?.trim()}, is ${lines[at]?.trim()}\n${HOW}`;
};

describe.each(STAGES)('the golden templates of %s', (stage) => {
  it(
    'are what is synthesized',
    async () => {
      const templates = await readTemplates(await synthesize(stage));
      const differences: string[] = [];
      for (const [stack, template] of templates) {
        const golden = await readFile(join(GOLDEN, stage, `${stack}.json`), 'utf8').catch(() => '');
        const difference = firstDifference(golden, normalTemplate(template));
        if (difference) differences.push(`${stack}: ${difference}`);
      }
      expect(differences).toEqual([]);
      const files = await readdir(join(GOLDEN, stage));
      expect(files.sort()).toEqual([...templates.keys()].map((stack) => `${stack}.json`).sort());
    },
    SYNTHESIS_MS,
  );
});
