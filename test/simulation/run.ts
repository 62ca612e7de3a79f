import { availableParallelism } from 'node:os';
import { basename, resolve } from 'node:path';
import { synthesize } from '../support/synthesized.ts';
import { OtherSources, openResults } from './campaign/kept-results.ts';
import { type Options, readOptions, USAGE, UsageError } from './options.ts';
import type { Run } from './part.ts';
import { runAll, say } from './processes.ts';
import { ROUND } from './scenarios.ts';

const runsOf = ({ from, seeds, scenarios, notes, without }: Options, assemblyFolder: string): readonly Run[] =>
  Array.from({ length: seeds }, (_, index) => from + index).map((seed) => ({
    assemblyFolder,
    seed,
    scenario: scenarios[(seed - 1) % scenarios.length]?.name ?? '',
    notes,
    ...(without !== undefined && { without }),
  }));

/** `npm run simulate`. Exits with 1 when a promise was broken or a fault fired too seldom. */
const main = async (): Promise<number> => {
  const options = readOptions(process.argv.slice(2));
  if (!options) {
    say(USAGE);
    return 0;
  }
  const { app, record, resume, jobs = availableParallelism() } = options;
  const assemblyFolder = app === undefined ? await synthesize('dev') : resolve(app);
  const kept = resume === undefined ? undefined : openResults(resume, basename(assemblyFolder));
  const allFaults = options.scenarios === ROUND;
  return (await runAll({ runs: runsOf(options, assemblyFolder), jobs, app, kept, allFaults, record })) === 0 ? 0 : 1;
};

const textOf = (error: unknown): string => {
  if (error instanceof UsageError) return `${error.message}\n\n${USAGE}`;
  return error instanceof OtherSources ? error.message : String(error);
};

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`${textOf(error)}\n`);
    process.exitCode = 2;
  },
);
