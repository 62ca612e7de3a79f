import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { synthesize } from '../support/synthesized.ts';
import { type Options, readOptions, USAGE, UsageError } from './options.ts';
import type { Run } from './part.ts';
import { runAll, say } from './processes.ts';

const runsOf = ({ from, seeds, scenarios, notes }: Options, assemblyFolder: string): readonly Run[] =>
  Array.from({ length: seeds }, (_, index) => from + index).map((seed) => ({
    assemblyFolder,
    seed,
    scenario: scenarios[(seed - 1) % scenarios.length]?.name ?? '',
    notes,
  }));

/** `npm run simulate`. Exits with 1 when a promise was broken. */
const main = async (): Promise<number> => {
  const options = readOptions(process.argv.slice(2));
  if (!options) {
    say(USAGE);
    return 0;
  }
  const { app, jobs = availableParallelism() } = options;
  const assemblyFolder = app === undefined ? await synthesize('dev') : resolve(app);
  return (await runAll({ runs: runsOf(options, assemblyFolder), jobs, app })) === 0 ? 0 : 1;
};

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof UsageError ? `${error.message}\n\n${USAGE}` : String(error)}\n`);
    process.exitCode = 2;
  },
);
