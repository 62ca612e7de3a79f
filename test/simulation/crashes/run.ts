import { availableParallelism } from 'node:os';
import { basename, resolve } from 'node:path';
import { createStepThreads, type FunctionCall, type StepThreads } from '@archipelago/local/simulation';
import { synthesize } from '../../support/synthesized.ts';
import { openResults } from '../campaign/kept-results.ts';
import { play } from '../play.ts';
import { runAll, say } from '../processes.ts';
import { runProgram } from '../program.ts';
import { storyOf } from '../story.ts';
import type { Command } from './commands.ts';
import { type Crash, crashName, familyOf, golden } from './crashes.ts';
import { EFFECTS } from './effects.ts';
import { CRASH_USAGE, type CrashOptions, readCrashOptions } from './options.ts';
import { namesIn } from './parts.ts';

interface Golden extends Pick<CrashOptions, 'seed'> {
  readonly assemblyFolder: string;
  readonly threads: StepThreads;
}

const callsOf = async (command: Command, given: Golden): Promise<readonly FunctionCall[]> => {
  const calls: FunctionCall[] = [];
  const played = await play({ ...given, scenario: golden(command, (call) => calls.push(call)) });
  if (played.violations.length === 0) return calls;
  throw new Error(`${command.name} breaks a promise without any fault\n${storyOf(played).join('\n')}`);
};

const crashesOf = (command: Command, calls: readonly FunctionCall[]): readonly Crash[] =>
  calls.flatMap((call, index) =>
    EFFECTS.filter((effect) => effect.of(call) !== undefined).flatMap((effect) =>
      (effect.kills ? [false] : [false, true]).map((lasts) => ({ command, effect, number: index + 1, lasts })),
    ),
  );

/** Those of the families that were asked for, of all commands; says how many there are. */
const plan = async ({ commands, families }: CrashOptions, given: Golden): Promise<readonly Crash[]> => {
  const all: Crash[] = [];
  say(`${'command'.padEnd(14)}${['calls', ...families].map((title) => title.padStart(10)).join('')}`);
  for (const command of commands) {
    const calls = await callsOf(command, given);
    const crashes = crashesOf(command, calls).filter((crash) => families.includes(familyOf(crash)));
    const counts = families.map((family) => crashes.filter((crash) => familyOf(crash) === family).length);
    say(`${command.name.padEnd(14)}${[calls.length, ...counts].map((count) => String(count).padStart(10)).join('')}`);
    all.push(...crashes);
  }
  return all;
};

/** `npm run simulate:crashes`. Exits with 1 when a promise was broken. */
const main = async (): Promise<number> => {
  const options = readCrashOptions(process.argv.slice(2), Date.now());
  if (!options) {
    say(CRASH_USAGE);
    return 0;
  }
  const { app, resume, seed, part, jobs = availableParallelism() } = options;
  const assemblyFolder = app === undefined ? await synthesize('dev') : resolve(app);
  const threads = createStepThreads();
  const crashes = await plan(options, { assemblyFolder, seed, threads });
  await threads.stop();
  const names = namesIn(part, crashes.map(crashName));
  say(`\n${names.length} of ${crashes.length} runs\n`);
  if (options.onlyCounts) return 0;
  const runs = names.map((scenario) => ({ assemblyFolder, scenario, seed, notes: false }));
  const kept = resume === undefined ? undefined : openResults(resume, basename(assemblyFolder));
  return (await runAll({ runs, jobs, app, kept })) === 0 ? 0 : 1;
};

await runProgram(main, CRASH_USAGE);
