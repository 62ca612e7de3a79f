import { setTimeout as pause } from 'node:timers/promises';
import { killSelf } from './inspector.ts';
import { parseLocalOptions, startHelp } from './options.ts';
import { type RunContext, runLocal } from './run-local.ts';
import { whenStarterEnds } from './when-starter-ends.ts';

/** Ctrl+C must have ended everything within two seconds, whatever hangs. */
const STOP_WITHIN_MS = 1_800;

/** Runs the system until a signal comes, or until the script that started it ends. */
export const runStart = async (
  args: readonly string[],
  context: Omit<RunContext, 'signal' | 'sinceStartMs'>,
): Promise<void> => {
  const options = parseLocalOptions(args, context.terminal.commandLine);
  if (options.help) {
    context.terminal.out(startHelp(context.terminal.commandLine));
    return;
  }
  const aborted = new AbortController();
  const starting = runLocal(options, { ...context, sinceStartMs: () => performance.now(), signal: aborted.signal });
  const stop = async () => {
    aborted.abort();
    const ended = starting.then((run) => run.stop()).catch(() => {});
    await Promise.race([ended, pause(STOP_WITHIN_MS)]);
    if (options.inspect !== undefined) killSelf();
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => void stop());
  whenStarterEnds(() => void stop());
  await starting.catch((error: unknown) => {
    if (!aborted.signal.aborted) throw error;
  });
};
