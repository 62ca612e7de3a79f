import { parseArgs } from 'node:util';
import { command, runRedrive } from '@archipelago/local/cli';
import { redrive } from './aws/redrive.ts';
import { settingsFor } from './aws/settings.ts';
import { terminal } from './terminal.ts';

const HELP = `Sends dead letters back to where they were meant for, and deletes them.

  npm run redrive -- <queue> [options]

  --aws        in the account that the AWS environment variables name; default: the system of npm start
  --peek       show the messages and where each would go, and leave them
  --limit N    send back N at most
  --help       print this

A message goes to the queue that gave it up, an event of a bus to the target that it could not be delivered to, a run
of a function to that function. SQS itself can do this for dead letters of queues only. What names no destination stays,
and is listed. Correct the cause first: what fails again comes back. Everything accepts a message twice.`;

await command(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      aws: { type: 'boolean', default: false },
      peek: { type: 'boolean', default: false },
      limit: { type: 'string', default: 'Infinity' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  const [queue] = positionals;
  const limit = Number(values.limit);
  if (values.help || queue === undefined || !(limit > 0)) {
    (values.help ? terminal.out : terminal.err)(HELP);
    process.exitCode = values.help ? 0 : 2;
    return;
  }
  const { aws, peek } = values;
  if (!aws && !peek && limit === Infinity) {
    process.exitCode = await runRedrive([queue], terminal);
    return;
  }
  const { sent, left } = await redrive(queue, { peek, limit, print: terminal.out }, settingsFor(aws ? 'aws' : 'here'));
  terminal.out(peek ? `${left} messages in ${queue}` : `${sent} sent back, ${left} left in ${queue}`);
});
