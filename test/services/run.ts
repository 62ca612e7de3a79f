import { type ChildProcess, spawn } from 'node:child_process';
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { run } from '../../bin/services/run.ts';
import { missingIn, type ShellBlock, shellBlocks } from '../docs/shell-blocks.ts';
import { eventually } from '../support/eventually.ts';
import { type Checkout, checkout } from './checkout.ts';
import { PAGES } from './pages.ts';

const HELP = `Makes services of both kinds in a copy of this checkout, holds them to every rule, runs them, and takes them out again.

  npm run test:services
  npm run test:services -- --deploy   also deploys the system with them to the emulator (needs Python 3 and the network)

First come the commands of ${PAGES.join(' and ')}, each with what the page promises; then a service of each
kind beside one another, whose names have two words, with the tests that every service must pass. Exit code: 0 when all is well.`;

/** Names of two words, each with the arguments that make it. */
const MADE: readonly (readonly [name: string, ...args: string[]])[] = [
  ['gift-cards'],
  ['delivery-times', '--container'],
];
const NAMES = MADE.map(([name]) => name);

/** What every service is held to, beside its own tests. */
const TESTS = [
  ...[...NAMES, 'test/rooms', 'test/docs', 'test/judges/nag', 'test/integration/invoke'],
  ...['golden', 'house-rules', 'messages', 'openapi', 'rollout', 'templates'].map((name) => `test/infra/${name}`),
];

const seconds = (startedMs: number): string => `${((Date.now() - startedMs) / 1000).toFixed(1)} s`;

/** With how many files and lines was made, where that is a part of the answer. */
const step = async (name: string, work: () => Promise<string>): Promise<void> => {
  const startedMs = Date.now();
  const output = await work();
  console.log(`ok    ${name}  ${seconds(startedMs)}`);
  for (const [line] of output.matchAll(/^.* is made: .*$/gm)) console.log(`      ${line}`);
};

/** `npm start` of the page, until `stop`. */
const start = async ({ folder }: Checkout): Promise<() => Promise<void>> => {
  const child: ChildProcess = spawn('npm', ['start', '--', '--port', '0'], {
    cwd: folder,
    stdio: 'ignore',
    detached: true,
  });
  const ended = new Promise<void>((done) => child.once('exit', () => done()));
  const isUp = () =>
    access(join(folder, '.local/runtime.json')).then(
      () => true,
      () => false,
    );
  await eventually('the system is up', isUp, 120_000);
  return async () => {
    // As Ctrl+C does: to npm and to what it started.
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGINT');
    await ended;
  };
};

const runBlock = async ({ folder }: Checkout, { text, promised }: ShellBlock): Promise<string> => {
  const { code, output } = await run('bash', ['-eu', '-o', 'pipefail', '-c', text], folder);
  if (code !== 0) throw new Error(`it ended with code ${code}:\n${text}\n${output}`);
  const missing = missingIn(output, promised);
  if (missing !== undefined) throw new Error(`it did not answer '${missing}':\n${text}\n${output}`);
  return output;
};

/** A system that a page starts runs until its section ends. */
const goThroughPage = async (copy: Checkout, page: string): Promise<void> => {
  let running: { readonly section: string; readonly stop: () => Promise<void> } | undefined;
  try {
    for (const block of shellBlocks(page)) {
      const { section, text } = block;
      if (running !== undefined && running.section !== section) {
        await running.stop();
        running = undefined;
      }
      const [line = ''] = text.trim().split('\n');
      await step(`${section}: ${line.replace(/\s+#.*/, '')}`, async () => {
        if (line !== 'npm start') return await runBlock(copy, block);
        running = { section, stop: await start(copy) };
        return '';
      });
    }
  } finally {
    await running?.stop();
  }
};

const succeed = async (copy: Checkout, ...args: readonly string[]): Promise<string> => {
  const { code, output } = await run('npm', args, copy.folder);
  if (code !== 0) throw new Error(`npm ${args.join(' ')} ended with code ${code}:\n${output}`);
  return output;
};

const makeBoth = async (copy: Checkout, deploy: boolean): Promise<void> => {
  const npm = (...args: readonly string[]) => step(`npm ${args.join(' ')}`, () => succeed(copy, ...args));
  const before = await copy.commit('before');
  for (const made of MADE) {
    await npm('run', 'new:service', '--', ...made);
    await copy.commit(made[0]);
  }
  await npm('run', 'check:fast');
  await npm('test', '--', ...TESTS);
  await npm('test', '--', 'test/e2e/e2e', '-t', NAMES.join('|'));
  if (deploy) await npm('run', 'test:deploy');
  for (const name of NAMES) await npm('run', 'remove:service', '--', name);
  const changes = await copy.changesSince(before);
  if (changes !== '') throw new Error(`the checkout is not as it was:\n${changes}`);
};

const main = async (): Promise<void> => {
  const { values } = parseArgs({
    options: { deploy: { type: 'boolean', default: false }, help: { type: 'boolean', short: 'h', default: false } },
  });
  if (values.help) return console.log(HELP);
  await using copy = await checkout();
  for (const page of PAGES) await goThroughPage(copy, page);
  return await makeBoth(copy, values.deploy);
};

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
