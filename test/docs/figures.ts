import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { scopesOf } from '../../functions/kernel/messages/contract.ts';
import { apis } from '../../lib/stacks/apis.ts';
import { COSTS_PAGE } from '../costs/cost-table.ts';
import { withIdleTables } from '../costs/idle-table.ts';
import { synthesize } from '../support/synthesized.ts';
import { readTemplates } from '../support/templates.ts';
import { SERVICES_PAGE, withServices } from './service-table.ts';

export const DEPLOYING_PAGE = 'docs/deploying.md';

const neededScopes = (): readonly string[] => {
  const asked = apis.flatMap(({ routes }) => Object.values(routes).flatMap(({ access }) => scopesOf(access)));
  return [...new Set(asked)];
};

/** The page with a sign-in that asks for every scope that a route needs. */
export const withScopes = (page: string): string =>
  page.replace(/&scope=\S+/, `&scope=${['openid', ...neededScopes()].join('+')}`);

/** What pages say that follows from the code, by page: as it should be. */
export const currentPages = async (): Promise<ReadonlyMap<string, string>> => {
  const [dev, prod] = [await readTemplates(await synthesize('dev')), await readTemplates(await synthesize('prod'))];
  return new Map([
    [COSTS_PAGE, withIdleTables(readFileSync(COSTS_PAGE, 'utf8'), dev, prod)],
    [DEPLOYING_PAGE, withScopes(readFileSync(DEPLOYING_PAGE, 'utf8'))],
    [SERVICES_PAGE, await withServices(readFileSync(SERVICES_PAGE, 'utf8'))],
  ]);
};

const HELP = `Writes what follows from the code into pages that are written by hand: what an idle system costs (${COSTS_PAGE}),
the scopes of the sign-in (${DEPLOYING_PAGE}), and the services (${SERVICES_PAGE}).

  npm run docs`;

const write = async (): Promise<void> => {
  const { help } = parseArgs({ options: { help: { type: 'boolean', short: 'h' } } }).values;
  if (help) return console.log(HELP);
  for (const [page, text] of await currentPages()) writeFileSync(page, text);
  return console.log(
    `${[COSTS_PAGE, DEPLOYING_PAGE, SERVICES_PAGE].join(', ')}: what follows from the code is written.`,
  );
};

if (process.argv[1] === import.meta.filename) await write();
