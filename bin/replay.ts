import { command, parseOptions, StartError } from '@archipelago/local/cli';
import { replay } from './aws/replay.ts';
import { refuseAws, STAGE_HELP, targetOf } from './aws/target.ts';
import { terminal } from './terminal.ts';

const HELP = `Sends events of the bus's archive again, in no certain order, with the same ids.

  npm run replay -- --from TIME [options]

  --from TIME      the first to send, such as 2026-11-26T03:00:00Z
  --until TIME     the last to send; default: now
  --rule NAME      only to the targets of this rule; may be given more than once; default: all rules
  --archive NAME   default: the one of the system, archipelago-prod for --stage prod
  ${STAGE_HELP}
  --help           print this

Consumers accept an event twice: a replay of everything changes no row, sends no mail and charges nobody.`;

const SEE = 'npm run replay -- --help';

const timeOf = (text: string): Date => {
  const time = new Date(text);
  if (Number.isNaN(time.getTime()))
    throw new StartError(`'${text}' is no time like 2026-11-26T03:00:00Z`, 'the command line', `see ${SEE}`);
  return time;
};

await command(async () => {
  const { values } = parseOptions(SEE, {
    options: {
      from: { type: 'string' },
      until: { type: 'string' },
      rule: { type: 'string', multiple: true, default: [] },
      archive: { type: 'string' },
      stage: { type: 'string' },
      aws: { type: 'boolean' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  refuseAws(values, SEE);
  const { from, until, rule, archive, stage, help } = values;
  if (help || from === undefined) {
    (help ? terminal.out : terminal.err)(HELP);
    process.exitCode = help ? 0 : 2;
    return;
  }
  const now = new Date();
  const target = targetOf({ stage }, terminal);
  const request = {
    archive: archive ?? target.prefix,
    from: timeOf(from),
    until: until === undefined ? now : timeOf(until),
    rules: rule,
    name: `replay-${now.toISOString().replace(/[:.]/g, '-')}`,
  };
  const state = await replay(request, terminal.out, target.client);
  process.exitCode = state === 'COMPLETED' ? 0 : 1;
});
