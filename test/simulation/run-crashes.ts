import { availableParallelism } from 'node:os';
import { createStepThreads } from '@archipelago/local/simulation';
import { synthesize } from '../support/synthesized.ts';
import { play } from './play.ts';
import { runAll, say } from './processes.ts';
import { crashName, golden } from './scenarios/crashes.ts';

const SEED = 1;

const countCalls = async (assemblyFolder: string): Promise<number> => {
  const threads = createStepThreads();
  let calls = 0;
  const scenario = golden((counted) => {
    calls = counted;
  });
  const { violations } = await play({ assemblyFolder, scenario, seed: SEED, threads });
  await threads.stop();
  if (violations.length > 0) throw new Error('the order breaks a promise without any crash');
  return calls;
};

/**
 * `npm run simulate:crashes [-- <first> <last>]`: one order, whose K calls are counted first; then it is run twice for each
 * of them, and the function that makes the call ends before and after it.
 */
const main = async (): Promise<number> => {
  const assemblyFolder = await synthesize('dev');
  const calls = await countCalls(assemblyFolder);
  const [first = 1, last = calls] = process.argv.slice(2).map(Number);
  say(`an order takes ${calls} calls; ending the functions of ${first} to ${last}, before and after each`);
  const numbers = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  const names = numbers.flatMap((number) => [crashName(number, 'before'), crashName(number, 'after')]);
  const runs = names.map((scenario) => ({ assemblyFolder, scenario, seed: SEED, notes: false }));
  return (await runAll({ runs, jobs: availableParallelism(), app: undefined })) === 0 ? 0 : 1;
};

process.exitCode = await main();
