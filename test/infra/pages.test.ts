import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { currentPages } from '../docs/figures.ts';

const SYNTHESIS_MS = 60_000;

it(
  'pages say what follows from the code, the idle costs and the services; `npm run docs` writes it',
  async () => {
    for (const [page, text] of await currentPages()) expect(readFileSync(page, 'utf8')).toBe(text);
  },
  SYNTHESIS_MS,
);
