import { messageOf, stackOf } from '../core/thrown.ts';
import type { Terminal } from './terminal.ts';

export const terminal: Terminal = {
  folder: process.cwd(),
  out: (line) => process.stdout.write(`${line}\n`),
  err: (line) => process.stderr.write(`${line}\n`),
};

/** An error of the language itself is a fault of this program: only then does the stack help. */
const isOwnFault = (error: unknown) =>
  error instanceof TypeError || error instanceof ReferenceError || error instanceof RangeError;

/** Runs a command; a failure becomes one message on stderr and exit code 1. */
export const command = async (run: () => Promise<void>): Promise<void> => {
  try {
    await run();
  } catch (error) {
    terminal.err(isOwnFault(error) ? stackOf(error) : messageOf(error));
    process.exit(1);
  }
};
