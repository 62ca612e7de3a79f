import { parseArgs } from 'node:util';
import { command, StartError } from '@archipelago/local/cli';
import { STAGE_HELP, targetOf } from '../aws/target.ts';
import { type Answer, functionsHere, functionsOnAws, type InvokeFunction } from '../rebuild/function-client.ts';
import { terminal } from '../terminal.ts';

const HELP = `Sends what a service has committed while its relay did not run: from its table, since a stream forgets after 24 hours.

  npm run catch-up -- <service> --since TIME [options]

  --since TIME     what was committed from then on, such as 2026-11-26T03:00:00Z: a little before the relay stopped
  ${STAGE_HELP}
  --help           print this

Repair the relay first: what is sent now makes other services answer, and their relays send the answers. Run it for each
service whose relay stood still: orders, catalog, payments, users, registry.

It may run beside the relay, more than once, and from the start again when it is interrupted. A message has the same id and
the same content however often it is sent, and each consumer knows by the state that it led to that it was handled. That
state has no expiry, so nothing is too old to be recognized. What does expire is the payment token of an order, an hour after
the order's patience: such an order is cancelled, and nothing is charged. Of a row that changed several times, what is sent
is its newest change, which carries the whole state. What cannot be sent is parked, and leaves when its destination takes it.

It reads the whole table, at one read unit for each 4 KB.
On AWS it needs lambda:InvokeFunction on <prefix>-<service>-resend, and nothing else.
Exit code: 0 done, 1 failed or a row cannot be read, 2 wrong options.`;

const PROGRESS_MS = 5_000;

interface Request {
  readonly service: string;
  readonly since: string;
  readonly stage: string | undefined;
}

const parse = (args: readonly string[]) =>
  parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      since: { type: 'string' },
      stage: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });

/** What is asked for, or what is wrong with it. */
const requestOf = (args: readonly string[]): Request | 'help' | { readonly wrong: string } => {
  try {
    const {
      values: { help, since = '', stage },
      positionals: [service, ...others],
    } = parse(args);
    if (help) return 'help';
    const atMs = Date.parse(since);
    if (service === undefined) return { wrong: 'name a service, such as orders' };
    if (others.length > 0) return { wrong: `'${others.join(' ')}' is too much` };
    if (since === '') return { wrong: '--since is missing: from when on' };
    if (Number.isNaN(atMs)) return { wrong: `'${since}' is no time like 2026-11-26T03:00:00Z` };
    return { service, since: new Date(atMs).toISOString(), stage };
  } catch (error) {
    return { wrong: error instanceof Error ? error.message : String(error) };
  }
};

const remedyOf = (error: Error): string =>
  error.name === 'ResourceNotFoundException'
    ? 'name a service that publishes, such as orders'
    : 'see its log; then run this again from the same time: what was sent already changes nothing';

const ask = async (invoke: InvokeFunction, { service, since }: Request, start: unknown): Promise<Answer> => {
  try {
    return await invoke(service, 'resend', { since, ...(start !== undefined && { start }) });
  } catch (error) {
    if (!(error instanceof Error) || error instanceof StartError) throw error;
    throw new StartError(error.message, `the function resend of ${service}`, remedyOf(error));
  }
};

const catchUp = async (request: Request): Promise<number> => {
  const { stage, service, since } = request;
  const invoke = stage === undefined ? functionsHere(terminal) : functionsOnAws(targetOf({ stage }, terminal));
  const counts = { read: 0, sent: 0, parked: 0, unreadable: 0 };
  let start: unknown;
  let saidAt = Date.now();
  do {
    const answer = await ask(invoke, request, start);
    for (const name of ['read', 'sent', 'parked', 'unreadable'] as const) counts[name] += Number(answer[name] ?? 0);
    start = answer.next;
    if (start === undefined || Date.now() - saidAt < PROGRESS_MS) continue;
    saidAt = Date.now();
    terminal.out(`${counts.read} rows read, ${counts.sent} messages sent so far`);
  } while (start !== undefined);
  const { read, sent, parked, unreadable } = counts;
  terminal.out(`${read} rows of ${service} read, ${sent} messages sent of what was committed since ${since}`);
  if (parked > 0) terminal.out(`${parked} messages could not be sent and are parked: resend sends them by itself`);
  if (unreadable === 0) return 0;
  terminal.out(
    `${unreadable} rows cannot be read, and lie in the partition UNREADABLE: docs/runbook/messages-parked.md`,
  );
  return 1;
};

const run = async (args: readonly string[]): Promise<number> => {
  const request = requestOf(args);
  if (request === 'help') {
    terminal.out(HELP);
    return 0;
  }
  if (!('wrong' in request)) return catchUp(request);
  terminal.err(`${request.wrong}; see npm run catch-up -- --help`);
  return 2;
};

await command(async () => {
  process.exitCode = await run(process.argv.slice(2));
});
