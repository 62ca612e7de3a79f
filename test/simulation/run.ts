import { availableParallelism } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { synthesizeCommit } from '@archipelago/release-check';
import { synthesize } from '../support/synthesized.ts';
import { openResults } from './campaign/kept-results.ts';
import { type Options, readOptions, USAGE } from './options.ts';
import type { Run } from './part.ts';
import { runAll, say } from './processes.ts';
import { runProgram } from './program.ts';
import { ROUND } from './scenarios.ts';
import type { Scenario } from './stage.ts';

/** Of so many seeds those that take longest come first: at the end no processor is left alone with one of them. */
const TOGETHER = 100;

const placeOf = (index: number, costly: Scenario['costly']): number =>
  Math.floor(index / TOGETHER) * 3 + (costly === 'very' ? 0 : costly === 'rather' ? 1 : 2);

/** The release that serves beside: where it lies, what its results are kept under, and the option that names it. */
interface Beside {
  readonly folder: string;
  readonly hash: string;
  readonly option: string;
}

const runsOf = (
  { from, seeds, scenarios, notes, without }: Options,
  assemblyFolder: string,
  beside: Beside | undefined,
): readonly Run[] =>
  Array.from({ length: seeds }, (_, index) => {
    const seed = from + index;
    const scenario = scenarios[(seed - 1) % scenarios.length];
    return { seed, name: scenario?.name ?? '', place: placeOf(index, scenario?.costly) };
  })
    .sort((one, other) => one.place - other.place)
    .map(({ seed, name }) => ({
      assemblyFolder,
      seed,
      scenario: name,
      notes,
      ...(beside && { beside: beside.folder }),
      ...(without !== undefined && { without }),
    }));

const simulate = async (options: Options, beside?: Beside): Promise<number> => {
  const { app, record, resume, scenarios, jobs = availableParallelism() } = options;
  const assemblyFolder = app === undefined ? await synthesize('dev') : resolve(app);
  const sources = [basename(assemblyFolder), ...(beside ? [beside.hash] : [])].join(' beside ');
  const kept = resume === undefined ? undefined : openResults(resume, sources);
  const runs = runsOf(options, assemblyFolder, beside);
  const failed = await runAll({
    runs,
    jobs,
    app,
    beside: beside?.option,
    kept,
    allFaults: scenarios === ROUND,
    record,
  });
  return failed === 0 ? 0 : 1;
};

const ROOT = join(import.meta.dirname, '../..');

/** `npm run simulate`. Exits with 1 when a promise was broken or a fault fired too seldom. */
const main = async (): Promise<number> => {
  const options = readOptions(process.argv.slice(2));
  if (!options) {
    say(USAGE);
    return 0;
  }
  const { beside, against } = options;
  if (beside !== undefined) {
    const folder = resolve(beside);
    return simulate(options, { folder, hash: basename(folder), option: `--beside ${beside}` });
  }
  if (against === undefined) return simulate(options);
  await using earlier = await synthesizeCommit(ROOT, against, 'dev', new AbortController().signal);
  return await simulate(options, { ...earlier, option: `--against ${against}` });
};

await runProgram(main, USAGE);
