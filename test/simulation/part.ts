import { createStepThreads } from '@archipelago/local/simulation';
import { type Played, type PlayOptions, play } from './play.ts';
import { scenarioNamed } from './scenarios.ts';
import { storyOf } from './story.ts';

/** One run, as it is given to a process. */
export interface Run {
  readonly assemblyFolder: string;
  readonly scenario: string;
  readonly seed: number;
  /** Prints everything that passes a gate. */
  readonly notes: boolean;
}

/** What a run came to, as it is sent from process to process. */
export interface Result {
  readonly scenario: string;
  readonly seed: number;
  /** Empty when no promise was broken. */
  readonly story: readonly string[];
  readonly fired: readonly (readonly [fault: string, times: number])[];
  readonly hash: string;
  /** False when a second run gave another trace. */
  readonly repeatable: boolean;
}

/** One seed in so many is run twice, and so is each that fails: the two traces must be the same. */
const TWICE = 10;

const isSameAgain = async (options: PlayOptions, { seed, violations, hash }: Played): Promise<boolean> => {
  if (seed % TWICE !== 0 && violations.length === 0) return true;
  const { onNote: _, ...silent } = options;
  return (await play(silent)).hash === hash;
};

const resultOf = async (options: PlayOptions): Promise<Result> => {
  const played = await play(options);
  return {
    scenario: options.scenario.name,
    seed: options.seed,
    story: played.violations.length === 0 ? [] : storyOf(played),
    fired: [...played.fired],
    hash: played.hash,
    repeatable: await isSameAgain(options, played),
  };
};

const threads = createStepThreads();

const run = async ({ assemblyFolder, scenario: name, seed, notes }: Run): Promise<Result> => {
  const scenario = scenarioNamed(name);
  if (!scenario) throw new Error(`there is no scenario '${name}'`);
  const onNote = (line: string) => void process.stdout.write(line);
  return resultOf({ assemblyFolder, scenario, seed, threads, ...(notes && { onNote }) });
};

process.on('message', (given: Run) => {
  run(given).then(
    (result) => process.send?.(result),
    (error: unknown) => {
      console.error(error);
      process.exit(2);
    },
  );
});

process.once('disconnect', () => {
  void threads.stop().finally(() => process.exit(0));
});
