import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { startSystem } from '../e2e/system.ts';
import { isolationRows } from './isolation.ts';
import { ISOLATION_PAGE, renderIsolation, renderTokens, TOKENS_PAGE } from './pages.ts';
import { tokenRows } from './tokens.ts';

const HELP = `Starts the system, asks for what belongs to others and with tokens that are forged, and writes what it answered into
${ISOLATION_PAGE} and ${TOKENS_PAGE}.

  npm run security

Exit code: 0 when nothing leaked and no token was let in.`;

const run = async (): Promise<number> => {
  const { help } = parseArgs({ options: { help: { type: 'boolean', short: 'h' } } }).values;
  if (help) {
    console.log(HELP);
    return 0;
  }
  const system = await startSystem();
  try {
    const isolation = await isolationRows(system);
    const tokens = await tokenRows(system);
    writeFileSync(ISOLATION_PAGE, renderIsolation(isolation));
    writeFileSync(TOKENS_PAGE, renderTokens(tokens));
    const leaks = isolation.filter(({ differences }) => differences.length > 0);
    const wrong = tokens.filter(({ status, expected, invocations }) => status !== expected || invocations > 0);
    for (const { operation, differences } of leaks) console.log(`${operation}: ${differences.join('; ')}`);
    for (const { name, status, expected } of wrong) console.log(`${name}: ${status}, expected ${expected}`);
    console.log(`${isolation.length} requests, ${leaks.length} leaks; ${tokens.length} tokens, ${wrong.length} wrong`);
    return leaks.length + wrong.length > 0 ? 1 : 0;
  } finally {
    await system.stop();
  }
};

process.exitCode = await run();
