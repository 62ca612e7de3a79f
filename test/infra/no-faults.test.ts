import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { synthesize } from '../support/synthesized.ts';

/** Names of the fault plan that nothing else has. */
const OF_FAULTS = /\/control\/faults|lostReply|InvalidFaultPlan|fault-plan/;

it.each(['dev', 'prod'])(
  'no template and no bundle of %s holds code that makes calls fail',
  async (stage) => {
    const assembly = await synthesize(stage);
    const files = (await readdir(assembly, { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name));
    expect(files.filter((file) => file.endsWith('.js')).length).toBeGreaterThan(10);
    expect(files.filter((file) => file.endsWith('.template.json')).length).toBeGreaterThan(3);
    const found: string[] = [];
    for (const file of files) if (OF_FAULTS.test(await readFile(file, 'utf8'))) found.push(file);
    expect(found).toEqual([]);
  },
  120_000,
);
