import { execFileSync, fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { synthesize } from '../support/synthesized.ts';
import { type Options, readOptions, USAGE, UsageError } from './options.ts';
import type { Result, Run } from './part.ts';
import { createTally } from './tally.ts';

const say = (line: string) => process.stdout.write(`${line}\n`);

const git = (...args: string[]): string => execFileSync('git', args, { encoding: 'utf8' }).trim();

const commitOf = ({ app }: Options): string => {
  if (app !== undefined) return `the assembly ${app}`;
  return `commit ${git('rev-parse', '--short', 'HEAD')}${git('status', '--porcelain') === '' ? '' : ' with changes'}`;
};

const again = ({ scenario, seed }: Result, { app }: Options): string =>
  `npm run simulate -- --scenario ${scenario} --seed ${seed}${app === undefined ? '' : ` --app ${app}`}`;

const printFailure = (result: Result, options: Options): void => {
  const { seed, scenario, hash, story, repeatable } = result;
  if (story.length > 0) {
    say(`\nSeed ${seed} of ${scenario} breaks a promise; ${commitOf(options)}, trace ${hash.slice(0, 16)}`);
    for (const line of story) say(line);
  }
  if (!repeatable) say(`\nSeed ${seed} of ${scenario} gave two traces`);
  if (story.length > 0 || !repeatable) say(`  Again: ${again(result, options)}\n`);
};

/** A process of its own, which takes the next run whenever it has done one. */
const runPart = (next: () => Run | undefined, onResult: (result: Result) => void): Promise<void> =>
  new Promise((done, fail) => {
    const part = fork(join(import.meta.dirname, 'part.ts'));
    const goOn = () => {
      const run = next();
      if (run) part.send(run);
      else part.disconnect();
    };
    part.on('message', (result: Result) => {
      onResult(result);
      goOn();
    });
    part.on('error', fail);
    part.on('exit', (code) =>
      code === 0 ? done() : fail(new Error(`a process of the simulation ended with ${code}`)),
    );
    goOn();
  });

const runsOf = ({ from, seeds, scenarios, notes }: Options, assemblyFolder: string): Run[] =>
  Array.from({ length: seeds }, (_, index) => from + index).map((seed) => ({
    assemblyFolder,
    seed,
    scenario: scenarios[seed % scenarios.length]?.name ?? '',
    notes,
  }));

const main = async (): Promise<number> => {
  const options = readOptions(process.argv.slice(2));
  if (!options) {
    say(USAGE);
    return 0;
  }
  const assemblyFolder = options.app === undefined ? await synthesize('dev') : resolve(options.app);
  const runs = runsOf(options, assemblyFolder);
  const jobs = Math.min(options.jobs ?? availableParallelism(), runs.length);
  const left = [...runs];
  const tally = createTally();
  const startedAtMs = Date.now();
  const onResult = (result: Result) => {
    tally.add(result);
    printFailure(result, options);
    const rate = (tally.done() / (Date.now() - startedAtMs)) * 1_000;
    say(
      `${tally.done()} of ${runs.length}  ${rate.toFixed(2)} seeds/s  ${tally.failures()} failed  (${result.scenario} ${result.seed})`,
    );
  };
  await Promise.all(Array.from({ length: jobs }, () => runPart(() => left.shift(), onResult)));
  for (const line of ['', ...tally.table()]) say(line);
  return tally.failures() === 0 ? 0 : 1;
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
