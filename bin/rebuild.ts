import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { command } from '@archipelago/local/cli';
import { STAGE_HELP, targetOf } from './aws/target.ts';
import { functionsHere, functionsOnAws } from './rebuild/function-client.ts';
import { cancel, type Rebuild, rebuildView } from './rebuild/rebuild-view.ts';
import { terminal } from './terminal.ts';

const HELP = `Makes a view from its events again: a copy beside the live one, a comparison, and the switch to the copy.

  npm run rebuild -- <service> <view> [options]

  ${STAGE_HELP}
  --compare        say what the live view differs in, and leave it
  --cancel         give up a rebuild that was begun: the live view stays
  --help           print this

Views that are made from events: orders orders. Other services have none: their lists read the rows of their state.
It sends nothing and changes no event. What happens meanwhile reaches both copies. When it is interrupted, run it again.
On AWS it needs lambda:InvokeFunction on <prefix>-orders-rebuild-view, and nothing else.
Exit code: 0 done, 1 failed or an order cannot be read, 2 wrong options.`;

/** By service, those of its views that are made from events. */
const VIEWS: ReadonlyMap<string, string> = new Map([['orders', 'orders']]);

const parse = (args: readonly string[]) =>
  parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      stage: { type: 'string' },
      compare: { type: 'boolean', default: false },
      cancel: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });

/** The options, or why there are none. */
const optionsOf = (args: readonly string[]): ReturnType<typeof parse> | string => {
  try {
    return parse(args);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};

const faultOf = ({ values, positionals: [service, view, ...others] }: ReturnType<typeof parse>): string | undefined => {
  if (service === undefined || view === undefined) return 'name a service and its view: orders orders';
  if (others.length > 0) return `'${others.join(' ')}' is too much`;
  if (VIEWS.get(service) !== view) return `${service} has no view '${view}' that is made from events`;
  return values.compare && values.cancel ? '--compare and --cancel exclude each other' : undefined;
};

const run = async (args: readonly string[]): Promise<number> => {
  const options = optionsOf(args);
  if (typeof options !== 'string' && options.values.help) {
    terminal.out(HELP);
    return 0;
  }
  const fault = typeof options === 'string' ? options : faultOf(options);
  if (typeof options === 'string' || fault !== undefined) {
    terminal.err(`${fault}; see npm run rebuild -- --help`);
    return 2;
  }
  const { values, positionals } = options;
  const rebuild: Rebuild = {
    invoke: values.stage === undefined ? functionsHere(terminal) : functionsOnAws(targetOf(values, terminal)),
    service: positionals[0] ?? '',
    print: terminal.out,
    wait: async (ms) => {
      await setTimeout(ms);
    },
    now: Date.now,
  };
  return values.cancel ? cancel(rebuild) : rebuildView(rebuild, { compareOnly: values.compare });
};

await command(async () => {
  process.exitCode = await run(process.argv.slice(2));
});
