import { askControl, runningIn } from './control-client.ts';
import { parseOptions } from './parse-options.ts';
import type { CommandLine, Terminal } from './terminal.ts';

const helpOf = (
  commandLine: CommandLine,
): string => `Sends dead letters of the running system back to where they were meant for.

  ${commandLine('redrive', '<dead-letter queue>')}

A message goes to the queue that gave it up, an event of a bus to the target that it could not be delivered to, a run
of a function to that function.`;

const parse = (args: readonly string[], commandLine: CommandLine) =>
  parseOptions(commandLine('redrive', '--help'), {
    args: [...args],
    allowPositionals: true,
    options: { help: { type: 'boolean', short: 'h', default: false } },
  });

/** Answers the exit code. */
export const runRedrive = async (args: readonly string[], terminal: Terminal): Promise<number> => {
  const { values, positionals } = parse(args, terminal.commandLine);
  const [queue] = positionals;
  if (values.help || queue === undefined) {
    (values.help ? terminal.out : terminal.err)(helpOf(terminal.commandLine));
    return values.help ? 0 : 2;
  }
  const { report = '' } = await askControl(runningIn(terminal), `queues/${encodeURIComponent(queue)}/redrive`, {});
  terminal.out(report);
  return 0;
};
