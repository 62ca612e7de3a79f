import { createStepThreads } from '@archipelago/local/simulation';
import { readWithout, type Without, writeWithout } from './campaign/drops.ts';
import { shrink } from './campaign/shrink.ts';
import { type Played, type PlayOptions, play } from './play.ts';
import { scenarioNamed } from './scenarios.ts';
import { storyOf } from './story.ts';

/** One run, as it is given to a process. */
export interface Run {
  readonly assemblyFolder: string;
  /** A release that serves beside it. */
  readonly beside?: string;
  readonly scenario: string;
  readonly seed: number;
  /** Prints everything that passes a gate. */
  readonly notes: boolean;
  /** What the story does without, as `--without` takes it. */
  readonly without?: string;
  /** How much processor time may be spent on a smaller story that breaks as well; default: none. */
  readonly shrinkMs?: number;
}

/** What a run came to, as it is sent from process to process. */
export interface Result {
  readonly scenario: string;
  readonly seed: number;
  /** Empty when no promise was broken. */
  readonly story: readonly string[];
  /** What the story does without and still breaks. */
  readonly without: string;
  readonly fired: readonly (readonly [fault: string, times: number])[];
  readonly hash: string;
  /** False when a second run gave another trace. */
  readonly repeatable: boolean;
}

interface Smallest {
  readonly story: readonly string[];
  readonly without: string;
}

let threads = createStepThreads();

/** After a run that did not come to its end: what it left in its threads may be at work still. */
const renewThreads = async (): Promise<void> => {
  await threads.stop();
  threads = createStepThreads();
};

const shrinkable = (whole: Played) => ({
  whole,
  broken: [...new Set(whole.violations.map(({ invariant }) => invariant))],
  counts: whole.counts,
});

/** One seed in so many is run twice, and so is each that fails: the two traces must be the same. */
const TWICE = 10;

const isSameAgain = async (options: PlayOptions, { seed, violations, hash }: Played): Promise<boolean> => {
  if (seed % TWICE !== 0 && violations.length === 0) return true;
  const { onNote: _, ...silent } = options;
  return (await play({ ...silent, threads })).hash === hash;
};

/** The smallest story that still breaks the promise, as far as the time for it allows. */
const smallestOf = async (options: PlayOptions, first: Played, shrinkMs: number): Promise<Smallest> => {
  const startedAt = process.cpuUsage();
  const goesOn = () => process.cpuUsage(startedAt).user / 1_000 < shrinkMs;
  const { onNote: _, ...silent } = options;
  const judged = async (without: Without) => {
    try {
      return shrinkable(await play({ ...silent, threads, without }));
    } catch (error) {
      await renewThreads();
      throw error;
    }
  };
  const { without, played, runs } = await shrink(shrinkable(first), judged, goesOn);
  const cut = writeWithout(without);
  const how = goesOn() ? `the smallest one, found in ${runs} runs` : `the smallest one of ${runs} runs`;
  return { without: cut, story: [...(runs > 0 ? [`  The story is ${how}:`] : []), ...storyOf(played.whole)] };
};

const resultOf = async (options: PlayOptions, shrinkMs: number): Promise<Result> => {
  const played = await play(options);
  const smallest = played.violations.length === 0 ? undefined : await smallestOf(options, played, shrinkMs);
  return {
    scenario: options.scenario.name,
    seed: options.seed,
    story: smallest?.story ?? [],
    without: smallest?.without ?? '',
    fired: [...played.fired],
    hash: played.hash,
    repeatable: await isSameAgain(options, played),
  };
};

const run = async ({
  assemblyFolder,
  beside,
  scenario: name,
  seed,
  notes,
  without,
  shrinkMs = 0,
}: Run): Promise<Result> => {
  const scenario = scenarioNamed(name);
  if (!scenario) throw new Error(`there is no scenario '${name}'`);
  const onNote = (line: string) => void process.stdout.write(line);
  const given = without === undefined ? undefined : readWithout(without);
  const options = {
    assemblyFolder,
    ...(beside !== undefined && { beside }),
    scenario,
    seed,
    threads,
    ...(notes && { onNote }),
    ...(given && { without: given }),
  };
  return resultOf(options, given ? 0 : shrinkMs);
};

/** A run that does not come to its end is a failure of its seed, and not of the campaign. */
const failed = async ({ scenario, seed, without = '' }: Run, error: unknown): Promise<Result> => {
  await renewThreads();
  const story = [`  did not end: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`];
  return { scenario, seed, story, without, fired: [], hash: '', repeatable: true };
};

process.on('message', (given: Run) => {
  void run(given)
    .catch((error: unknown) => failed(given, error))
    .then((result) => process.send?.(result));
});

process.once('disconnect', () => {
  void threads.stop().finally(() => process.exit(0));
});
