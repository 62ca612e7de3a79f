import { OtherSources } from './campaign/kept-results.ts';
import { UsageError } from './options.ts';

const textOf = (error: unknown, usage: string): string => {
  if (error instanceof UsageError) return `${error.message}\n\n${usage}`;
  return error instanceof OtherSources ? error.message : String(error);
};

/** Runs a program of this folder: its exit code is what `main` answers, or 2 when it throws. */
export const runProgram = async (main: () => Promise<number>, usage: string): Promise<void> => {
  try {
    process.exitCode = await main();
  } catch (error) {
    process.stderr.write(`${textOf(error, usage)}\n`);
    process.exitCode = 2;
  }
};
