import { availableParallelism } from 'node:os';
import { basename, resolve } from 'node:path';
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

const runsOf = ({ from, seeds, scenarios, notes, without, beside }: Options, assemblyFolder: string): readonly Run[] =>
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
      ...(beside !== undefined && { beside: resolve(beside) }),
      ...(without !== undefined && { without }),
    }));

/** `npm run simulate`. Exits with 1 when a promise was broken or a fault fired too seldom. */
const main = async (): Promise<number> => {
  const options = readOptions(process.argv.slice(2));
  if (!options) {
    say(USAGE);
    return 0;
  }
  const { app, beside, record, resume, jobs = availableParallelism() } = options;
  const assemblyFolder = app === undefined ? await synthesize('dev') : resolve(app);
  const kept =
    resume === undefined
      ? undefined
      : openResults(
          resume,
          [assemblyFolder, ...(beside === undefined ? [] : [beside])].map((each) => basename(each)).join(' '),
        );
  const allFaults = options.scenarios === ROUND;
  return (await runAll({ runs: runsOf(options, assemblyFolder), jobs, app, beside, kept, allFaults, record })) === 0
    ? 0
    : 1;
};

await runProgram(main, USAGE);
