import { StartError } from '../core/start-error.ts';
import { askControl, runningIn } from './control-client.ts';
import { parseOptions } from './parse-options.ts';
import type { CommandLine, Terminal } from './terminal.ts';

const helpOf = (commandLine: CommandLine): string => `Prints an access token of the running system.

  ${commandLine('token', '--sub alice')} [--group admin] [--scope "a/read a/write"] [--expires 3600]

  --sub NAME       whose token (required)
  --group NAME     a group the user is in; may be repeated
  --scope SCOPES   scopes separated by spaces (default: every scope)
  --expires N      seconds until it expires (default 3600)`;

const parse = (args: readonly string[], commandLine: CommandLine) =>
  parseOptions(commandLine('token', '--help'), {
    args: [...args],
    options: {
      help: { type: 'boolean', short: 'h', default: false },
      sub: { type: 'string' },
      group: { type: 'string', multiple: true, default: [] },
      scope: { type: 'string' },
      expires: { type: 'string' },
    },
  }).values;

/** Answers the exit code. */
export const runToken = async (args: readonly string[], terminal: Terminal): Promise<number> => {
  const { help, sub, group, scope, expires } = parse(args, terminal.commandLine);
  if (help) {
    terminal.out(helpOf(terminal.commandLine));
    return 0;
  }
  if (sub === undefined) throw new StartError('--sub is missing', 'the command line', 'say whose token: --sub alice');
  const { accessToken } = await askControl(runningIn(terminal), 'token', {
    sub,
    groups: group,
    ...(scope !== undefined && { scope }),
    ...(expires !== undefined && { expiresInSeconds: Number(expires) }),
  });
  terminal.out(String(accessToken));
  return 0;
};
