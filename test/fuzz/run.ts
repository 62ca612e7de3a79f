import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { onInterruption, runCommand } from '../deploy/command.ts';
import { lastLines, Problem } from '../deploy/problem.ts';
import { pythonEnvironment } from '../deploy/python-environment.ts';
import { clientOf } from '../e2e/client.ts';
import { addStock, admin } from '../e2e/people.ts';
import { type RunningHere, startSystem } from '../e2e/system.ts';
import { EXCLUSIONS, type Exclusion } from './exclusions.ts';

const HELP = `Starts the system on free ports and lets Schemathesis call every operation of openapi.json, as a customer and as an
administrator: examples, edges of each schema, generated requests valid and not, and sequences that links make. All of its checks
are on; answers that are meant although a check does not expect them are in test/fuzz/exclusions.ts, with the reason.

  npm run fuzz [-- --examples 300] [--seed 7] [--only placeOrder]

  --examples N   generated requests of each operation (300)
  --seed N       the same requests again; printed with each run
  --only ID      one operation

It needs Python 3.11 or later with venv; packages come from PyPI once, into .local/fuzz.
Exit code: 0 when nothing is found.`;

const here = import.meta.dirname;
const ENVIRONMENT = resolve(here, '../../.local/fuzz/python');
const PYTHON = '3.11';

/** API Gateway answers within 30 s whatever a function does. */
const TIMEOUT_SECONDS = 40;

interface Options {
  readonly examples: number;
  readonly seed: number;
  readonly only: string | undefined;
}

const install = async (): Promise<void> => {
  const requirements = join(here, 'requirements.txt');
  const wanted = await readFile(requirements, 'utf8');
  await pythonEnvironment(ENVIRONMENT, { asked: ['--require-hashes', '-r', requirements], wanted, python: PYTHON });
};

/** What each of these checks expects as Schemathesis is delivered: a setting replaces them all. */
const EXPECTED: Readonly<Record<Exclusion['check'], readonly string[]>> = {
  positive_data_acceptance: ['2xx', '3xx', '401', '403', '404', '409', '429', '5xx'],
  negative_data_rejection: ['400', '401', '403', '404', '405', '406', '409', '415', '422', '428', '429', '5xx'],
  missing_required_header: ['400', '401', '403', '406', '415', '422'],
};

const settingsOf = (exclusions: readonly Exclusion[]): readonly string[] =>
  [...Map.groupBy(exclusions, ({ check }) => check)].map(([check, own]) => {
    if (own.some(({ status }) => status === 'any')) return `checks.${check}.enabled = false`;
    const statuses = [...EXPECTED[check], ...own.map(({ status }) => String(status))];
    return `checks.${check}.expected-statuses = ${JSON.stringify(statuses)}`;
  });

/** The exclusions as Schemathesis reads them. */
const configuration = (): string => {
  const general = EXCLUSIONS.filter(({ operations }) => operations === 'all');
  const ids = new Set(EXCLUSIONS.flatMap(({ operations }) => (operations === 'all' ? [] : operations)));
  const tables = [...ids].map((id) => {
    const own = EXCLUSIONS.filter(({ operations }) => operations === 'all' || operations.includes(id));
    return ['[[operations]]', `include-operation-id = "${id}"`, ...settingsOf(own)].join('\n');
  });
  return [settingsOf(general).join('\n'), ...tables].join('\n\n');
};

interface Caller {
  readonly name: string;
  readonly sub: string;
  readonly groups: readonly string[];
}

const CALLERS: readonly Caller[] = [
  { name: 'a customer', sub: 'fuzz-customer', groups: [] },
  { name: 'an administrator', sub: 'fuzz-admin', groups: ['admin'] },
];

const tokenOf = async ({ controlUrl, controlToken }: RunningHere, { sub, groups }: Caller): Promise<string> => {
  const { body } = await clientOf(controlUrl, controlToken)('POST', '/control/token', { body: { sub, groups } });
  return String(body.accessToken);
};

/** The product of the document's examples, so that orders of it go through. */
const stockUp = async (system: RunningHere): Promise<void> => {
  const boss = await admin(system);
  await boss('PUT', '/products/mug', { body: { name: 'Mug', price: { amount: 1200, currency: 'EUR' } } });
  await addStock(boss, 'mug', 100_000);
};

/** Answers whether nothing was found. */
const fuzz = async (system: RunningHere, folder: string, caller: Caller, options: Options): Promise<boolean> => {
  const { examples, seed, only } = options;
  const args = [
    ...[
      '--config-file',
      join(folder, 'schemathesis.toml'),
      'run',
      join(folder, 'openapi.json'),
      '--url',
      system.apiUrl,
    ],
    ...['--header', `Authorization: Bearer ${await tokenOf(system, caller)}`],
    ...['--max-examples', String(examples), '--seed', String(seed), '--workers', '1', '--no-color'],
    ...['--suppress-health-check', 'all', '--continue-on-failure', '--request-timeout', String(TIMEOUT_SECONDS)],
    ...(only === undefined ? [] : ['--include-operation-id', only]),
  ];
  const { code, output } = await runCommand(join(ENVIRONMENT, 'bin/schemathesis'), args, { cwd: folder });
  const summary = output.slice(Math.max(0, output.lastIndexOf('SUMMARY')));
  console.log(`${code === 0 ? 'ok   ' : 'FAIL '} as ${caller.name}\n${lastLines(code === 0 ? summary : output, 400)}`);
  return code === 0;
};

const runAgainst = async (system: RunningHere, options: Options): Promise<boolean> => {
  const folder = await mkdtemp(join(tmpdir(), 'archipelago-fuzz-'));
  try {
    await stockUp(system);
    await writeFile(join(folder, 'openapi.json'), await (await fetch(`${system.apiUrl}/openapi.json`)).text());
    await writeFile(join(folder, 'schemathesis.toml'), configuration());
    const found: boolean[] = [];
    for (const caller of CALLERS) found.push(await fuzz(system, folder, caller, options));
    return found.every(Boolean);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

const run = async (options: Options): Promise<boolean> => {
  await install();
  const system = await startSystem();
  onInterruption(() => system.stop());
  console.log(`seed ${options.seed}; answers that are meant although a check would not expect them:`);
  for (const { operations, check, status, why } of EXCLUSIONS)
    console.log(`  ${status} of ${[operations].flat().join(', ')} (${check}): ${why}`);
  try {
    return await runAgainst(system, options);
  } finally {
    await system.stop();
  }
};

const main = async (): Promise<number> => {
  const { values } = parseArgs({
    options: {
      help: { type: 'boolean', short: 'h' },
      examples: { type: 'string', default: '300' },
      seed: { type: 'string', default: String(Math.floor(Math.random() * 1_000_000)) },
      only: { type: 'string' },
    },
  });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  try {
    const options = { examples: Number(values.examples), seed: Number(values.seed), only: values.only };
    return (await run(options)) ? 0 : 1;
  } catch (error) {
    console.error(error instanceof Problem ? `FAIL  ${error.message}` : error);
    return 1;
  }
};

process.exitCode = await main();
