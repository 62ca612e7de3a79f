import { parseArgs } from 'node:util';
import { command } from '@archipelago/local/cli';
import { replay } from './aws/replay.ts';
import { settingsFor } from './aws/settings.ts';
import { terminal } from './terminal.ts';

const HELP = `Sends events of the bus's archive again, in no certain order, with the same ids.

  npm run replay -- --from TIME [options]

  --from TIME      the first to send, such as 2026-11-26T03:00:00Z
  --until TIME     the last to send; default: now
  --rule NAME      only to the targets of this rule; may be given more than once; default: all rules
  --archive NAME   default: archipelago-dev
  --aws            in the account that the AWS environment variables name; default: the system of npm start
  --help           print this

Consumers accept an event twice: a replay of everything changes no row, sends no mail and charges nobody.`;

const timeOf = (text: string): Date => {
  const time = new Date(text);
  if (Number.isNaN(time.getTime())) throw new Error(`'${text}' is no time like 2026-11-26T03:00:00Z`);
  return time;
};

await command(async () => {
  const { values } = parseArgs({
    options: {
      from: { type: 'string' },
      until: { type: 'string' },
      rule: { type: 'string', multiple: true, default: [] },
      archive: { type: 'string', default: 'archipelago-dev' },
      aws: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  const { from, until, rule, archive, aws, help } = values;
  if (help || from === undefined) {
    (help ? terminal.out : terminal.err)(HELP);
    process.exitCode = help ? 0 : 2;
    return;
  }
  const now = new Date();
  const request = {
    archive,
    from: timeOf(from),
    until: until === undefined ? now : timeOf(until),
    rules: rule,
    name: `replay-${now.toISOString().replace(/[:.]/g, '-')}`,
  };
  const state = await replay(request, terminal.out, settingsFor(aws ? 'aws' : 'here'));
  process.exitCode = state === 'COMPLETED' ? 0 : 1;
});
