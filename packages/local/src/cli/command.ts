import { messageOf, stackOf } from '../core/thrown.ts';
import type { CommandLine, Terminal } from './terminal.ts';

/** Both, or a file that one of them is sent to would hold what is meant for a terminal. */
const isTerminal = process.stdout.isTTY === true && process.stderr.isTTY === true;

/** The terminal that this process was started from. */
export const createTerminal = (commandLine: CommandLine): Terminal => ({
  folder: process.cwd(),
  interactive: isTerminal,
  // Node's own judgement respects NO_COLOR and what the terminal can do.
  colours: isTerminal && process.stdout.hasColors(),
  out: (line) => process.stdout.write(`${line}\n`),
  err: (line) => process.stderr.write(`${line}\n`),
  commandLine,
});

// A reader that is gone (`npm start | head`) must not end the program before what it started has ended.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});

/** An error of the language itself is a fault of this program: only then does the stack help. */
const isOwnFault = (error: unknown) =>
  error instanceof TypeError || error instanceof ReferenceError || error instanceof RangeError;

/** Runs a command; a failure becomes one message on stderr and exit code 1. */
export const command = async (run: () => Promise<void>): Promise<void> => {
  try {
    await run();
  } catch (error) {
    process.stderr.write(`${isOwnFault(error) ? stackOf(error) : messageOf(error)}\n`);
    process.exit(1);
  }
};
