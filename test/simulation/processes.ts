import { execFile, execFileSync, fork } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { FEWEST_SEEDS, timesNeeded } from './campaign/fault-types.ts';
import { type KeptResults, withoutResult } from './campaign/kept-results.ts';
import { createProgress } from './campaign/progress.ts';
import { createTally, type Tally } from './campaign/tally.ts';
import type { Result, Run } from './part.ts';

export const say = (line: string): void => void process.stdout.write(`${line}\n`);

const git = (...args: string[]): string => execFileSync('git', args, { encoding: 'utf8' }).trim();

const commit = (): string =>
  `commit ${git('rev-parse', '--short', 'HEAD')}${git('status', '--porcelain') === '' ? '' : ' with changes'}`;

type Named = Pick<Batch, 'app' | 'beside'>;

const again = ({ scenario, seed }: Result, { app, beside }: Named, without = ''): string =>
  [
    `npm run simulate -- --scenario ${scenario} --seed ${seed}`,
    ...(without === '' ? [] : [`--without ${without}`]),
    ...(app === undefined ? [] : [`--app ${app}`]),
    ...(beside === undefined ? [] : [beside]),
  ].join(' ');

const failureOf = (result: Result, named: Named): readonly string[] => {
  const { seed, scenario, hash, story, repeatable } = result;
  if (story.length === 0 && repeatable) return [];
  const what = story.length > 0 ? 'breaks a promise' : 'gave two traces';
  return [
    '',
    `Seed ${seed} of ${scenario} ${what}; ${named.app ?? commit()}, trace ${hash.slice(0, 16)}`,
    ...story,
    `  Again: ${again(result, named, result.without)}`,
    ...(result.without === '' ? [] : [`  Whole: ${again(result, named)}`]),
    '',
  ];
};

/** A run leaves so much garbage that a heap which begins small spends a tenth of the time on it. */
const HEAP = ['--initial-old-space-size=600', '--min-semi-space-size=64'];

/**
 * Of a part only one thing works at a time, in one thread or another or in its engine: on one processor they share what
 * lies in its caches, and wake no other one. Where `taskset` is not known, or not allowed to, it runs as well, and slower.
 */
const keepOn = (processor: number, pid: number | undefined): void => {
  if (pid !== undefined) execFile('taskset', ['-acp', String(processor), String(pid)], () => undefined);
};

/** A process of its own, which takes the next run whenever it has done one. */
const startPart = (processor: number, next: () => Run | undefined, onResult: (result: Result) => void): Promise<void> =>
  new Promise((done, fail) => {
    const part = fork(join(import.meta.dirname, 'part.ts'), { execArgv: [...process.execArgv, ...HEAP] });
    keepOn(processor, part.pid);
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
  /** The option that names the release beside it. */
  readonly beside?: string | undefined;
  /** What was run before, and is not run again. */
  readonly kept?: KeptResults | undefined;
  /** Whether every fault type must have fired often enough. */
  readonly allFaults?: boolean;
  /** Whether to write what came of it into `last-run.json`. */
  readonly record?: boolean;
}

/** Of so many failures the story is cut to the smallest one, each for so much processor time at most. */
const SHRUNK = 3;
const SHRINK_MS = 60_000;

const seldomOf = (tally: Tally): readonly string[] =>
  timesNeeded(tally.done()) === undefined
    ? [`how often each fault fired is not checked: that takes ${FEWEST_SEEDS} seeds, and these were ${tally.done()}`]
    : tally.tooSeldom().map((text) => `TOO SELDOM: ${text}`);

const LAST_RUN = join(import.meta.dirname, 'campaign/last-run.json');

const recordFigures = (tally: Tally): void => {
  const figures = { commit: commit().replace(/^commit /, ''), seeds: tally.done(), failures: tally.failures() };
  writeFileSync(
    LAST_RUN,
    `${JSON.stringify({ ...figures, faults: tally.counts(), scenarios: tally.scenarios() }, null, 2)}\n`,
  );
};

/** Runs them all, prints how it goes and what failed; answers how many failed, and how many faults fired too seldom. */
export const runAll = async ({
  runs,
  jobs,
  app,
  beside,
  kept,
  allFaults = false,
  record = false,
}: Batch): Promise<number> => {
  const tally = createTally();
  for (const result of kept?.results ?? []) tally.add(result);
  const left = [...withoutResult(runs, kept?.results ?? [])];
  const progress = createProgress(runs.length, tally.done());
  if (tally.done() > 0) progress.say(`${tally.done()} were run before`);
  const next = (): Run | undefined => {
    const run = left.shift();
    return run && { ...run, shrinkMs: tally.failures() < SHRUNK ? SHRINK_MS : 0 };
  };
  const onResult = (result: Result) => {
    kept?.add(result);
    tally.add(result);
    for (const line of failureOf(result, { app, beside })) progress.say(line);
    progress.show(tally.done(), tally.failures(), `${result.scenario} ${result.seed}`);
  };
  const parts = Array.from({ length: Math.min(jobs, left.length) }, (_, index) => index % availableParallelism());
  await Promise.all(parts.map((processor) => startPart(processor, next, onResult)));
  progress.end();
  for (const line of ['', ...tally.table(), ...(allFaults ? ['', ...seldomOf(tally)] : [])]) say(line);
  if (record) recordFigures(tally);
  return tally.failures() + (allFaults ? tally.tooSeldom().length : 0);
};
