import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { Result, Run } from '../part.ts';

/** What has been run so far, in a file: a campaign of hours can be stopped and gone on with. */
export interface KeptResults {
  readonly results: readonly Result[];
  add(result: Result): void;
}

export class OtherSources extends Error {}

const keyOf = ({ scenario, seed }: Pick<Run, 'scenario' | 'seed'>): string => `${scenario} ${seed}`;

/** Runs that have no result yet. */
export const withoutResult = (runs: readonly Run[], results: readonly Result[]): readonly Run[] => {
  const done = new Set(results.map(keyOf));
  return runs.filter((run) => !done.has(keyOf(run)));
};

const parseLine = (line: string): readonly Result[] => {
  try {
    return [JSON.parse(line)];
  } catch {
    // The process ended while it wrote this line: the seed is run again.
    return [];
  }
};

/** Throws OtherSources when the file holds results of another assembly. */
export const openResults = (file: string, sources: string): KeptResults => {
  if (!existsSync(file)) writeFileSync(file, `${JSON.stringify({ sources })}\n`);
  const [head = '{}', ...lines] = readFileSync(file, 'utf8').split('\n');
  const kept: { readonly sources?: string } = JSON.parse(head);
  if (kept.sources !== sources) {
    throw new OtherSources(`${file} holds results of ${kept.sources}, and this is ${sources}: take another file`);
  }
  // A line that was not finished gets its end, so that the next one begins at a beginning.
  if (lines.at(-1) !== '') appendFileSync(file, '\n');
  return {
    results: lines.filter((line) => line !== '').flatMap(parseLine),
    add: (result) => appendFileSync(file, `${JSON.stringify(result)}\n`),
  };
};
