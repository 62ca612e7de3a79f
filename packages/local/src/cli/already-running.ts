import { StartError } from '../core/start-error.ts';
import { type RuntimeState, readRunning } from '../runtime/state-file.ts';

/** A process that has died without a word may have left its id to another one: only an answer shows that it is ours. */
const answers = async ({ controlUrl }: RuntimeState): Promise<boolean> => {
  try {
    return (await fetch(controlUrl, { signal: AbortSignal.timeout(1_000) })).status === 401;
  } catch {
    return false;
  }
};

/** Refuses a second system in one folder: they would share the state file, the tables that are kept, and cdk.out. */
export const refuseSecondIn = async (stateFile: string): Promise<void> => {
  const running = readRunning(stateFile);
  if (!running || !(await answers(running))) return;
  throw new StartError(
    `a system runs in this folder already: ${running.apiUrl || running.controlUrl} (process ${running.pid}, stage ${running.stage})`,
    stateFile,
    'use that one, or stop it with Ctrl+C in its shell; a copy of the folder can run beside it',
  );
};
