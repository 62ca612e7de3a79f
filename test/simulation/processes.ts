import { execFileSync, fork } from 'node:child_process';
import { join } from 'node:path';
import type { Result, Run } from './part.ts';
import { createTally } from './tally.ts';

export const say = (line: string): void => void process.stdout.write(`${line}\n`);

const git = (...args: string[]): string => execFileSync('git', args, { encoding: 'utf8' }).trim();

const commit = (): string =>
  `commit ${git('rev-parse', '--short', 'HEAD')}${git('status', '--porcelain') === '' ? '' : ' with changes'}`;

const again = ({ scenario, seed }: Result, app: string | undefined): string =>
  `npm run simulate -- --scenario ${scenario} --seed ${seed}${app === undefined ? '' : ` --app ${app}`}`;

const printFailure = (result: Result, app: string | undefined): void => {
  const { seed, scenario, hash, story, repeatable } = result;
  if (story.length === 0 && repeatable) return;
  const what = story.length > 0 ? 'breaks a promise' : 'gave two traces';
  say(`\nSeed ${seed} of ${scenario} ${what}; ${app ?? commit()}, trace ${hash.slice(0, 16)}`);
  for (const line of story) say(line);
  say(`  Again: ${again(result, app)}\n`);
};

/** A process of its own, which takes the next run whenever it has done one. */
const startPart = (next: () => Run | undefined, onResult: (result: Result) => void): Promise<void> =>
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

export interface Batch {
  readonly runs: readonly Run[];
  readonly jobs: number;
  /** As it was named on the command line. */
  readonly app: string | undefined;
}

/** Runs them all, prints how it goes and what failed, and returns how many did. */
export const runAll = async ({ runs, jobs, app }: Batch): Promise<number> => {
  const tally = createTally();
  const left = [...runs];
  const startedAtMs = Date.now();
  const onResult = (result: Result) => {
    tally.add(result);
    printFailure(result, app);
    const rate = ((tally.done() / (Date.now() - startedAtMs)) * 1_000).toFixed(2);
    const progress = `${tally.done()} of ${runs.length}  ${rate} seeds/s  ${tally.failures()} failed`;
    say(`${progress}  (${result.scenario} ${result.seed})`);
  };
  await Promise.all(Array.from({ length: Math.min(jobs, runs.length) }, () => startPart(() => left.shift(), onResult)));
  for (const line of ['', ...tally.table()]) say(line);
  return tally.failures();
};
