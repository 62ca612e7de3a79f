import { expect, it } from '@jest/globals';
import { currentGolden, readGolden } from '../support/golden.ts';

const SYNTHESIS_MS = 60_000;

const HOW = 'If this change of the infrastructure is meant, run `npm run golden` and review the diff.';

/** The first line that differs says more than a diff of thousands. */
const firstDifference = (golden = '', actual = ''): string => {
  const expected = golden.split('\n');
  const lines = actual.split('\n');
  const at = lines.findIndex((line, index) => line !== expected[index]);
  return `line ${at + 1}: expected ${expected[at]?.trim()}, is ${lines[at]?.trim()}\n${HOW}`;
};

it(
  'the golden templates are what is synthesized',
  async () => {
    const [golden, current] = [await readGolden(), await currentGolden()];
    const paths = [...new Set([...golden.keys(), ...current.keys()])];
    const different = paths.filter((path) => golden.get(path) !== current.get(path));
    expect(different.map((path) => `${path}: ${firstDifference(golden.get(path), current.get(path))}`)).toEqual([]);
  },
  SYNTHESIS_MS,
);
