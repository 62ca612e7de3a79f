import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { INTERRUPTED, onInterruption, runCommand } from '../deploy/command.ts';
import { lastLines, Problem } from '../deploy/problem.ts';
import { missingIn, shellBlocks } from '../docs/shell-blocks.ts';
import { type RunningHere, startSystem } from '../e2e/system.ts';
import { eventually } from '../support/eventually.ts';
import { generateGrpcClient, generateHttpClient, installGenerators, runProgram } from './python-clients.ts';
import { installTypescriptTools, lintDescription, runTypescriptClient } from './typescript-client.ts';

const PAGE = 'docs/search.md';

const HELP = `Starts the system on free ports, lints openapi.json, generates clients in Python and TypeScript from it and from the .proto
files, runs the commands of ${PAGE} and the programs of test/clients with them, and stops the system.

  npm run test:clients

It needs Python 3.11 or later with venv; packages come from PyPI and npm once, into .local/clients.
Exit code: 0 when all is well.`;

const root = resolve(import.meta.dirname, '../..');

const interruption = new AbortController();

const step = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
  const startedMs = performance.now();
  const done = await work();
  console.log(`ok    ${name}  ${((performance.now() - startedMs) / 1000).toFixed(1)} s`);
  return done;
};

interface TasksOfService {
  readonly service: string;
  readonly tasks: readonly { readonly health: string; readonly address: string }[];
}

const tasksOf = async ({ controlUrl, controlToken }: RunningHere): Promise<readonly TasksOfService[]> => {
  const headers = { authorization: `Bearer ${controlToken}` };
  return JSON.parse(await (await fetch(`${controlUrl}/control/tasks`, { headers })).text());
};

/** The address of a task that serves. */
const searchAddressOf = (system: RunningHere): Promise<string> =>
  eventually(
    'a task of the search is healthy',
    async () => {
      const search = (await tasksOf(system)).find(({ service }) => service.endsWith('-search'));
      return search?.tasks.find(({ health }) => health === 'HEALTHY')?.address;
    },
    60_000,
  );

/** All blocks of the page in one shell, as a reader pastes them: later ones use what earlier ones set. */
const followPage = async (folder: string): Promise<void> => {
  for (const name of ['node_modules', 'package.json', 'bin']) await symlink(join(root, name), join(folder, name));
  const blocks = shellBlocks(PAGE);
  const script = blocks.map(({ text }) => text).join('\n');
  const { code, output } = await runCommand('bash', ['-eu', '-o', 'pipefail', '-c', script], { cwd: folder });
  if (code !== 0) throw new Problem(`a command of ${PAGE} ended with code ${code}:\n${lastLines(output)}`);
  const missing = missingIn(
    output,
    blocks.flatMap(({ promised }) => promised),
  );
  if (missing !== undefined) throw new Problem(`a command of ${PAGE} did not answer '${missing}':\n${output}`);
};

/** Whether a check passed; the others run all the same. */
const passes = async (name: string, check: () => Promise<void>): Promise<boolean> => {
  try {
    await step(name, check);
    return true;
  } catch (error) {
    if (interruption.signal.aborted) throw error;
    console.error(`FAIL  ${name}: ${error instanceof Problem ? error.message : error}`);
    return false;
  }
};

/** Answers whether every check passed. */
const runAgainst = async (system: RunningHere): Promise<boolean> => {
  const searchAddress = await step('a task of the search serves', () => searchAddressOf(system));
  const generated = join(system.folder, 'generated');
  await mkdir(generated);
  const description = join(generated, 'openapi.json');
  await writeFile(description, await (await fetch(`${system.apiUrl}/openapi.json`)).text());
  await step('a client from openapi.json', () => generateHttpClient(description, generated));
  await step('a client from the .proto files', () => generateGrpcClient(generated));
  // Before the programs list products of their own: the page promises the whole answer.
  const passed = [await passes(PAGE, () => followPage(system.folder))];
  const reached = { ...system, searchAddress };
  for (const name of ['test_http.py', 'test_grpc.py']) {
    const program = async () => {
      const printed = await runProgram(name, generated, reached);
      console.log(printed.trimEnd());
    };
    passed.push(await passes(name, program));
  }
  passed.push(await passes('redocly finds nothing in openapi.json', () => lintDescription(description)));
  const typescript = async () => console.log((await runTypescriptClient(description, reached)).trimEnd());
  passed.push(await passes('a client in TypeScript', typescript));
  return passed.every(Boolean);
};

const run = async (): Promise<boolean> => {
  await step('generators of Python clients, unless they are there', installGenerators);
  await step('tools for TypeScript, unless they are there', installTypescriptTools);
  const system = await step('the system starts', startSystem);
  onInterruption(() => {
    interruption.abort();
    return system.stop();
  });
  try {
    return await runAgainst(system);
  } finally {
    await system.stop();
  }
};

const main = async (): Promise<number> => {
  const { values } = parseArgs({ options: { help: { type: 'boolean', short: 'h' } } });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  try {
    return (await run()) ? 0 : 1;
  } catch (error) {
    if (interruption.signal.aborted) return INTERRUPTED;
    console.error(error instanceof Problem ? `FAIL  ${error.message}` : error);
    return 1;
  }
};

process.exitCode = await main();
