import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { eventually } from '../support/eventually.ts';

const HELP = `What a new user does first: starts the system on any free port, plays the demo against it, and stops it.

  npm run test:demo

Exit code: that of the demo, or 1 when the system does not start.`;

const ROOT = join(import.meta.dirname, '..', '..');
const STARTS_WITHIN_MS = 180_000;

const run = (name: string, ...args: readonly string[]): ChildProcess =>
  spawn(process.execPath, [join(ROOT, 'bin/run.js'), name, ...args], { cwd: ROOT, stdio: 'inherit' });

const endOf = async (child: ChildProcess): Promise<number> => {
  if (child.exitCode !== null) return child.exitCode;
  const [code] = await once(child, 'exit');
  return typeof code === 'number' ? code : 1;
};

const isUp = async (system: ChildProcess): Promise<true | undefined> => {
  if (system.exitCode !== null) throw new Error(`the system ended with ${system.exitCode}`);
  const text = await readFile(join(ROOT, '.local/runtime.json'), 'utf8').catch(() => '{}');
  return JSON.parse(text).pid === system.pid ? true : undefined;
};

const main = async (): Promise<number> => {
  const { values } = parseArgs({ options: { help: { type: 'boolean', short: 'h' } } });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const system = run('local', '--port', '0', '--endpoint-port', '0');
  try {
    await eventually('the system is up', () => isUp(system), STARTS_WITHIN_MS);
    return await endOf(run('demo'));
  } finally {
    system.kill();
    await endOf(system);
  }
};

process.exitCode = await main();
