import { parseArgs } from 'node:util';
import { CheckProblem, messageOf } from './problem.ts';

export interface CheckOptions {
  readonly help: boolean;
  readonly against: string;
  readonly stage: string;
  /** Subjects of refusals that are meant. */
  readonly accept: readonly string[];
  /** A file that says how often deprecated routes are called. */
  readonly usage?: string | undefined;
}

export const HELP = `Says whether what lies in this folder can follow what was deployed from a commit, without loss and without breaking anyone.

  npm run deploy:check -- --against <commit> [options]

  --against REF    the commit, branch or tag that is deployed: origin/main, v1.4.0, HEAD
  --stage NAME     which stage to synthesize (default prod)
  --accept WHAT    allow a change that is meant: the name in brackets of its refusal; may be repeated
  --usage FILE     how often routes are called, as npm run usage writes it; asked for when a deprecated route goes
  --help           print this

It refuses: tables, queues, buses, archives, user pools and the like that would be removed or replaced; resources that
would change their logical id; outputs that would go while a stack reads them; a service's stack that reads another
service's; events, commands, queries and routes that would break who uses them; routes that would go
unannounced, before the day that was announced, or while they are called; stored events that would no longer be
read, and those that would be stored before the release that is deployed can read them.
Exit code: 0 safe, 1 refused, 2 not checked.`;

const fault = (message: string) => new CheckProblem(message, 'the command line', 'see npm run deploy:check -- --help');

const parse = (args: readonly string[]) => {
  try {
    return parseArgs({
      args: [...args],
      options: {
        against: { type: 'string' },
        stage: { type: 'string', default: 'prod' },
        accept: { type: 'string', multiple: true, default: [] },
        usage: { type: 'string' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }).values;
  } catch (error) {
    throw fault(messageOf(error));
  }
};

/** Throws a CheckProblem for what it does not know and for what is missing. */
export const parseCheckOptions = (args: readonly string[]): CheckOptions => {
  const { help, against = '', stage, accept, usage } = parse(args);
  if (!help && against === '') throw fault('--against is missing: what shall this be compared with?');
  return { help, against, stage, accept, usage };
};
