import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readAssembly, samEnvironment } from '@archipelago/local';
import { ENDPOINT_PORT } from '@archipelago/local/cli';
import { expect, it } from '@jest/globals';
import { synthesize } from '../support/synthesized.ts';

const SYNTHESIS_MS = 60_000;

it(
  'events/env.json is what npm run env would write',
  async () => {
    const committed: unknown = JSON.parse(await readFile(join(import.meta.dirname, '../../events/env.json'), 'utf8'));
    expect(committed).toEqual(
      samEnvironment(readAssembly(await synthesize('dev')), `http://127.0.0.1:${ENDPOINT_PORT}`),
    );
  },
  SYNTHESIS_MS,
);
