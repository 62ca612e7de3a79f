import { userInfo } from 'node:os';
import { parseOptions, StartError } from '@archipelago/local/cli';
import { STAGE_HELP } from '../aws/target.ts';

export type Action = 'open' | 'show' | 'resend' | 'cancel';

export interface Options {
  readonly action: Action;
  readonly help: boolean;
  readonly orderId: string;
  /** On AWS; without one it is the system that runs here. */
  readonly stage: string | undefined;
  readonly limit: number;
  readonly json: boolean;
  readonly by: string;
  readonly why: string;
}

const SCRIPTS: Readonly<Record<Action, string>> = {
  open: 'npm run --silent orders:open --',
  show: 'npm run --silent order --',
  resend: 'npm run --silent order:resend --',
  cancel: 'npm run --silent order:cancel --',
};

const WHAT: Readonly<Record<Action, string>> = {
  open: `Lists the orders that wait for something, oldest first.

  ${SCRIPTS.open} [--limit 20]`,
  show: `Shows one order: its history, what it waits for and when it asks again, the messages that it sent, and those of them
that are parked or lie among the dead letters.

  ${SCRIPTS.show} ID`,
  resend: `Asks for whatever an order waits for again, now, and starts its timer again.

  ${SCRIPTS.resend} ID --why "the provider is back"`,
  cancel: `Cancels an order by hand; whatever it holds is given back.

  ${SCRIPTS.cancel} ID --why "the customer called"`,
};

const COMMON = `  ${STAGE_HELP}
  --json           print the answer as JSON`;

const BY_HAND = `  --why TEXT       why, kept in the order's history (required)
  --by NAME        who, kept there as well (default: the name of your account on this machine)
`;

export const helpOf = (action: Action): string => {
  const own = action === 'open' ? '  --limit N        how many at most (default 20)\n' : '';
  return `${WHAT[action]}\n\n${own}${action === 'resend' || action === 'cancel' ? BY_HAND : ''}${COMMON}`;
};

const actionOf = (name: string | undefined): Action => {
  if (name === 'open' || name === 'show' || name === 'resend' || name === 'cancel') return name;
  throw new StartError(`there is nothing to do called '${name ?? ''}'`, 'bin/orders.ts', `see ${SCRIPTS.show} --help`);
};

const ID = /^[\w.~-]{1,64}$/;
const COUNT = /^[1-9]\d{0,2}$|^1000$/;

/** Throws StartError for what is missing or does not fit. */
export const readOptions = ([name, ...args]: readonly string[]): Options => {
  const action = actionOf(name);
  const help = `${SCRIPTS[action]} --help`;
  const { values, positionals } = parseOptions(help, {
    args,
    allowPositionals: true,
    options: {
      help: { type: 'boolean', short: 'h', default: false },
      stage: { type: 'string' },
      limit: { type: 'string', default: '20' },
      json: { type: 'boolean', default: false },
      by: { type: 'string' },
      why: { type: 'string', default: '' },
    },
  });
  const [orderId = ''] = positionals;
  const { stage } = values;
  const options = {
    ...values,
    stage,
    action,
    orderId,
    limit: Number(values.limit),
    by: values.by ?? userInfo().username,
  };
  if (values.help) return options;
  const fault = (message: string) => new StartError(message, 'the command line', `see ${help}`);
  if (action !== 'open' && !ID.test(orderId))
    throw fault(orderId ? `'${orderId}' is no order's id` : 'say which order');
  if (!COUNT.test(values.limit)) throw fault(`--limit takes a number from 1 to 1000, not '${values.limit}'`);
  if ((action === 'resend' || action === 'cancel') && values.why.trim() === '') throw fault('--why is missing');
  return options;
};
