import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { createStepThreads, type StepThreads } from '@archipelago/local/simulation';
import { synthesize } from '../support/synthesized.ts';
import { type Options, readOptions, USAGE, UsageError } from './options.ts';
import { type Played, type PlayOptions, play } from './play.ts';
import { storyOf } from './story.ts';
import { createTally } from './tally.ts';

/** One seed in so many is run twice, and so is each that fails: the two traces must be the same. */
const TWICE = 10;

const say = (line: string) => process.stdout.write(`${line}\n`);

const commit = (): string => {
  const git = (...args: string[]) => execFileSync('git', args, { encoding: 'utf8' }).trim();
  return `${git('rev-parse', '--short', 'HEAD')}${git('status', '--porcelain') === '' ? '' : ' with changes'}`;
};

const replay = ({ scenario, seed }: Played, { app }: Options): string =>
  `npm run simulate -- --scenario ${scenario.name} --seed ${seed}${app === undefined ? '' : ` --app ${app}`}`;

const printFailure = (played: Played, options: Options): void => {
  say(
    `\nSeed ${played.seed} of ${played.scenario.name} breaks a promise; commit ${commit()}, trace ${played.hash.slice(0, 16)}`,
  );
  for (const line of storyOf(played)) say(line);
  say(`  Again: ${replay(played, options)}\n`);
};

/** Runs it, and again where that is due. Says whether both were the same. */
const playSeed = async (options: PlayOptions, isDue: boolean): Promise<{ played: Played; repeatable: boolean }> => {
  const played = await play(options);
  if (!isDue && played.violations.length === 0) return { played, repeatable: true };
  const { onNote: _, ...silent } = options;
  const again = await play(silent);
  return { played, repeatable: again.hash === played.hash };
};

const runAll = async (options: Options, assemblyFolder: string, threads: StepThreads): Promise<number> => {
  const { from, seeds, scenarios, notes } = options;
  const tally = createTally();
  const startedAtMs = Date.now();
  let different = 0;
  for (let seed = from; seed < from + seeds; seed += 1) {
    const scenario = scenarios[seed % scenarios.length];
    if (!scenario) throw new Error('there is no scenario');
    const onNote = notes ? (line: string) => void process.stdout.write(line) : undefined;
    const one = { assemblyFolder, scenario, seed, threads, ...(onNote && { onNote }) };
    const { played, repeatable } = await playSeed(one, seed % TWICE === 0);
    tally.add(played);
    if (played.violations.length > 0) printFailure(played, options);
    if (!repeatable) {
      different += 1;
      say(`Seed ${seed} of ${scenario.name} gave two traces: ${replay(played, options)}`);
    }
    const done = seed - from + 1;
    const rate = (done / (Date.now() - startedAtMs)) * 1_000;
    say(`${done} of ${seeds}  ${rate.toFixed(2)} seeds/s  ${tally.failures()} failed  (${scenario.name} ${seed})`);
  }
  say('');
  for (const line of tally.table()) say(line);
  return tally.failures() + different;
};

const main = async (): Promise<number> => {
  const options = readOptions(process.argv.slice(2));
  if (!options) {
    say(USAGE);
    return 0;
  }
  const assemblyFolder = options.app === undefined ? await synthesize('dev') : resolve(options.app);
  const threads = createStepThreads();
  try {
    return (await runAll(options, assemblyFolder, threads)) === 0 ? 0 : 1;
  } finally {
    await threads.stop();
  }
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
