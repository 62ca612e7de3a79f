import { parseArgs } from 'node:util';
import { command, runningIn, StartError } from '@archipelago/local/cli';
import { STAGE_HELP, targetOf } from './aws/target.ts';
import { functionsHere, functionsOnAws } from './rebuild/function-client.ts';
import { terminal } from './terminal.ts';

const HELP = `Writes every product into the table of the search, from catalog's list.

  npm run search:backfill -- [options]

  ${STAGE_HELP}
  --api URL        the API of that stage, its stack's output Url; needed with --stage
  --help           print this

It is for a search that is new, or that has missed messages. What the search knows already of a later version stays; it may
run at any time and more than once. On AWS it needs lambda:InvokeFunction on <prefix>-search-backfill.
Exit code: 0 done, 1 failed, 2 wrong options.`;

const PAGE = 100;

interface Page {
  readonly items: readonly object[];
  readonly next?: string;
}

const isPage = (value: unknown): value is Page =>
  typeof value === 'object' && value !== null && 'items' in value && Array.isArray(value.items);

const readPage = async (api: string, cursor: string | undefined): Promise<Page> => {
  const query = new URLSearchParams({ limit: String(PAGE), ...(cursor !== undefined && { cursor }) });
  const response = await fetch(`${api}/products?${query}`);
  const body: unknown = await response.json();
  if (!response.ok || !isPage(body)) throw new Error(`GET /products answered ${response.status}`);
  return body;
};

const run = async (args: readonly string[]): Promise<number> => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      stage: { type: 'string' },
      api: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    terminal.out(HELP);
    return 0;
  }
  const { stage } = values;
  if (stage !== undefined && values.api === undefined)
    throw new StartError('the API of the stage is not known', 'the command line', 'say --api URL');
  const api = values.api ?? runningIn(terminal).apiUrl;
  const invoke = stage === undefined ? functionsHere(terminal) : functionsOnAws(targetOf({ stage }, terminal));
  const counts = { products: 0, written: 0 };
  let cursor: string | undefined;
  do {
    const { items, next } = await readPage(api, cursor);
    const answer = await invoke('search', 'backfill', { products: items });
    counts.products += items.length;
    counts.written += Number(answer.written ?? 0);
    cursor = next;
  } while (cursor !== undefined);
  terminal.out(`${counts.products} products, of which ${counts.written} had something new`);
  return 0;
};

await command(async () => {
  process.exitCode = await run(process.argv.slice(2));
});
