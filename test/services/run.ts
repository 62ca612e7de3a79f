import { type ChildProcess, spawn } from 'node:child_process';
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { run } from '../../bin/services/run.ts';
import { missingIn, type ShellBlock, shellBlocks } from '../docs/shell-blocks.ts';
import { eventually } from '../support/eventually.ts';
import { type Checkout, checkout } from './checkout.ts';

const PAGE = 'docs/first-service.md';

const HELP = `Makes services in a copy of this checkout, holds them to every rule, runs them, and takes them out again.

  npm run test:services
  npm run test:services -- --deploy   also deploys one to the emulator (needs Python 3 and the network)

First come the commands of ${PAGE}, each with what the page promises; then a service whose name has two words, with the tests that every
service must pass. Exit code: 0 when all is well.`;

/** What every service is held to, beside its own tests. */
const TESTS = [
  ...['gift-cards', 'test/rooms', 'test/docs', 'test/judges/nag', 'test/integration/invoke'],
  ...['golden', 'house-rules', 'messages', 'openapi', 'rollout', 'templates'].map((name) => `test/infra/${name}`),
];

const seconds = (startedMs: number): string => `${((Date.now() - startedMs) / 1000).toFixed(1)} s`;

const step = async (name: string, work: () => Promise<void>): Promise<void> => {
  const startedMs = Date.now();
  await work();
  console.log(`ok    ${name}  ${seconds(startedMs)}`);
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

const runBlock = async ({ folder }: Checkout, { text, promised }: ShellBlock): Promise<void> => {
  const { code, output } = await run('bash', ['-eu', '-o', 'pipefail', '-c', text], folder);
  if (code !== 0) throw new Error(`it ended with code ${code}:\n${text}\n${output}`);
  const missing = missingIn(output, promised);
  if (missing !== undefined) throw new Error(`it did not answer '${missing}':\n${text}\n${output}`);
};

const goThroughPage = async (copy: Checkout): Promise<void> => {
  let stop: (() => Promise<void>) | undefined;
  try {
    for (const block of shellBlocks(PAGE)) {
      const [line = ''] = block.text.trim().split('\n');
      await step(`${block.section}: ${line.replace(/\s+#.*/, '')}`, async () => {
        if (line === 'npm start') {
          stop = await start(copy);
          return;
        }
        await runBlock(copy, block);
        await stop?.();
        stop = undefined;
      });
    }
  } finally {
    await stop?.();
  }
};

const succeed = async (copy: Checkout, ...args: readonly string[]): Promise<void> => {
  const { code, output } = await run('npm', args, copy.folder);
  if (code !== 0) throw new Error(`npm ${args.join(' ')} ended with code ${code}:\n${output}`);
};

const makeAnother = async (copy: Checkout, deploy: boolean): Promise<void> => {
  const npm = (...args: readonly string[]) => step(`npm ${args.join(' ')}`, () => succeed(copy, ...args));
  await npm('run', 'new:service', '--', 'gift-cards');
  await npm('run', 'check:fast');
  await npm('test', '--', ...TESTS);
  await npm('test', '--', 'test/e2e/e2e', '-t', 'gift-cards');
  if (deploy) await npm('run', 'test:deploy');
  await npm('run', 'remove:service', '--', 'gift-cards');
  const changes = await copy.changes();
  if (changes !== '') throw new Error(`the checkout is not as it was:\n${changes}`);
};

const main = async (): Promise<void> => {
  const { values } = parseArgs({
    options: { deploy: { type: 'boolean', default: false }, help: { type: 'boolean', short: 'h', default: false } },
  });
  if (values.help) return console.log(HELP);
  await using copy = await checkout();
  await goThroughPage(copy);
  return await makeAnother(copy, values.deploy);
};

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
