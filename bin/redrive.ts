import { command, parseOptions, runRedrive, StartError } from '@archipelago/local/cli';
import { redrive } from './aws/redrive.ts';
import { refuseAws, STAGE_HELP, targetOf } from './aws/target.ts';
import { terminal } from './terminal.ts';

const HELP = `Sends dead letters back to where they were meant for, and deletes them.

  npm run redrive -- <queue> [options]

  ${STAGE_HELP}
  --peek           show the messages and where each would go, and leave them
  --limit N        send back N at most
  --help           print this

A message goes to the queue that gave it up, an event of a bus to the target that it could not be delivered to, a run
of a function to that function. SQS itself can do this for dead letters of queues only. What names no destination stays,
and is listed. Correct the cause first: what fails again comes back. Everything accepts a message twice.`;

const SEE = 'npm run redrive -- --help';

await command(async () => {
  const { values, positionals } = parseOptions(SEE, {
    allowPositionals: true,
    options: {
      stage: { type: 'string' },
      aws: { type: 'boolean' },
      peek: { type: 'boolean', default: false },
      limit: { type: 'string', default: 'Infinity' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  refuseAws(values, SEE);
  const [queue] = positionals;
  const limit = Number(values.limit);
  if (values.help || queue === undefined || !(limit > 0)) {
    (values.help ? terminal.out : terminal.err)(HELP);
    process.exitCode = values.help ? 0 : 2;
    return;
  }
  const { stage, peek } = values;
  if (stage === undefined && !peek && limit === Infinity) {
    process.exitCode = await runRedrive([queue], terminal);
    return;
  }
  const { prefix, name, client } = targetOf({ stage }, terminal);
  if (!queue.startsWith(`${prefix}-`))
    throw new StartError(`${queue} is no queue of ${name}`, 'the command line', `see ${SEE}`);
  const { sent, left } = await redrive(queue, { peek, limit, print: terminal.out }, client);
  terminal.out(peek ? `${left} messages in ${queue}` : `${sent} sent back, ${left} left in ${queue}`);
});
