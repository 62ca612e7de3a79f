import { writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { command, parseOptions, runningIn, StartError } from '@archipelago/local/cli';
import { readHistoryFiles, shapesIn } from '@archipelago/release-check';
import { STAGE_HELP, targetOf } from './aws/target.ts';
import { terminal } from './terminal.ts';
import { callsHere } from './usage/calls-here.ts';
import { callsOnAws } from './usage/calls-on-aws.ts';
import { dayOf, readUsage, usageLines } from './usage/counted-calls.ts';

const HELP = `Says how often each version of a route was called, for routes that have several versions or that will go.

  npm run usage -- [options]

  ${STAGE_HELP}
  --days N         how many days back (default 35; deploy:check wants 31 or more)
  --out FILE       write it there for deploy:check --usage FILE, which asks for it when a route goes
  --help           print this

Which routes there are it reads in events/history. On AWS it needs cloudwatch:GetMetricStatistics, and nothing else. What runs
here is counted as far as its journal goes back.`;

const SEE = 'npm run usage -- --help';
const DAY_MS = 86_400_000;
const DAYS = /^[1-9]\d{0,2}$/;

await command(async () => {
  const { values } = parseOptions(SEE, {
    options: {
      stage: { type: 'string' },
      days: { type: 'string', default: '35' },
      out: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    terminal.out(HELP);
    return;
  }
  const fault = (what: string) => new StartError(what, 'the command line', `see ${SEE}`);
  if (!DAYS.test(values.days)) throw fault(`--days takes a number from 1 to 999, not '${values.days}'`);
  const { stage, out } = values;
  const target = targetOf({ stage }, terminal);
  const { routes } = shapesIn(await readHistoryFiles(dirname(import.meta.dirname)));
  const until = new Date();
  // CloudWatch adds up whole days from where it is told to begin.
  const from = new Date(Date.parse(dayOf(until)) - Number(values.days) * DAY_MS);
  const running = stage === undefined ? runningIn(terminal) : undefined;
  const count = running === undefined ? callsOnAws(target) : callsHere(target, running);
  const usage = await readUsage(routes, count, { stage: stage ?? target.name, from, until });
  for (const line of usageLines(usage, routes)) terminal.out(line);
  if (usage.routes.length > 0 && usage.routes.every(({ calls }) => calls === 0))
    terminal.out(`nothing was counted in ${target.name} at all: is it the account and the region that you mean?`);
  if (out === undefined) return;
  writeFileSync(out, `${JSON.stringify(usage, undefined, 2)}\n`);
  terminal.out(`${out} is written`);
});
