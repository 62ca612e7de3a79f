import { command, createTerminal } from './command.ts';
import { runEnv } from './run-env.ts';
import { runInvoke } from './run-invoke.ts';
import { runRedrive } from './run-redrive.ts';
import { runStart } from './run-start.ts';
import { runToken } from './run-token.ts';
import type { CommandLine } from './terminal.ts';

const commandLine: CommandLine = (name, args) =>
  args === undefined ? `archipelago-local ${name}` : `archipelago-local ${name} ${args}`;

const HELP = `Runs a CDK cloud assembly on this machine: no AWS account, no Docker.

  archipelago-local start [--app cdk.out]   run it; without --app, synthesize the project of this folder first
  archipelago-local token --sub alice       print an access token of the running system
  archipelago-local invoke orders/get-order invoke one function
  archipelago-local redrive a-queue-dlq     send dead letters back to where they were meant for
  archipelago-local env                     write events/env.json for sam local invoke

Options alone mean start: archipelago-local --app cdk.out. Each command explains itself with --help.`;

const terminal = createTerminal(commandLine);

const run = async ([name = '--help', ...args]: readonly string[]): Promise<number | undefined> => {
  switch (name) {
    case 'start':
      await runStart(args, { terminal });
      return undefined;
    case 'token':
      return runToken(args, terminal);
    case 'invoke':
      return runInvoke(args, terminal);
    case 'redrive':
      return runRedrive(args, terminal);
    case 'env':
      return runEnv(args, terminal);
    case '--help':
    case '-h':
      terminal.out(HELP);
      return 0;
    default:
      if (name.startsWith('-')) return run(['start', name, ...args]);
      terminal.err(`there is no command ${name}\n\n${HELP}`);
      return 2;
  }
};

await command(async () => {
  const code = await run(process.argv.slice(2));
  if (code !== undefined) process.exitCode = code;
});
