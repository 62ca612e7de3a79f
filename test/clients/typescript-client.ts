import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { runCommand } from '../deploy/command.ts';
import { lastLines, Problem } from '../deploy/problem.ts';
import type { SystemForClients } from './python-clients.ts';

const root = resolve(import.meta.dirname, '../..');
const SOURCES = join(import.meta.dirname, 'typescript');

/** Where npm's packages are kept from one run to the next. */
const INSTALLED = join(root, '.local/clients/typescript');

/** Neither reports what it does, nor looks for a newer one. */
const QUIET = { REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' };

const run = async (program: string, args: readonly string[], options: Parameters<typeof runCommand>[2] = {}) => {
  const { code, output } = await runCommand(program, args, options);
  if (code !== 0) throw new Problem(`${program} ${args.join(' ')} ended with code ${code}:\n${lastLines(output, 60)}`);
  return output;
};

const installed = (name: string): string => join(INSTALLED, 'node_modules/.bin', name);

/** At the versions and with the sums of the lock file. */
export const installTypescriptTools = async (): Promise<void> => {
  const wanted = await readFile(join(SOURCES, 'package-lock.json'), 'utf8');
  const marker = join(INSTALLED, 'complete');
  if ((await readFile(marker, 'utf8').catch(() => undefined)) === wanted) return;
  await rm(INSTALLED, { recursive: true, force: true });
  await mkdir(INSTALLED, { recursive: true });
  for (const name of ['package.json', 'package-lock.json']) await copyFile(join(SOURCES, name), join(INSTALLED, name));
  await run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: INSTALLED });
  await writeFile(marker, wanted);
};

interface LintReport {
  readonly totals: { readonly errors: number; readonly warnings: number };
  readonly problems: readonly { readonly message: string; readonly ruleId: string }[];
}

/** Throws a Problem for an error or a warning of redocly's recommended rules. */
export const lintDescription = async (description: string): Promise<void> => {
  const options = { cwd: INSTALLED, env: { ...process.env, ...QUIET } };
  const { output } = await runCommand(
    installed('redocly'),
    ['lint', description, '--extends=recommended', '--format=json'],
    options,
  );
  const report: LintReport = JSON.parse(output.slice(output.indexOf('{'), output.lastIndexOf('}') + 1));
  const { errors, warnings } = report.totals;
  const found = report.problems.map(({ ruleId, message }) => `${ruleId}: ${message}`);
  if (errors + warnings > 0)
    throw new Problem(`redocly finds ${errors} errors, ${warnings} warnings:\n${found.join('\n')}`);
};

/** Generates types from the description, compiles the program that uses them, and runs it; answers what it printed. */
export const runTypescriptClient = async (description: string, system: SystemForClients): Promise<string> => {
  const folder = join(INSTALLED, 'program');
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder);
  for (const name of ['order.ts', 'tsconfig.json']) await copyFile(join(SOURCES, name), join(folder, name));
  await run(installed('openapi-typescript'), [description, '--output', join(folder, 'archipelago.ts')]);
  await run(join(root, 'node_modules/.bin/tsc'), ['-p', folder]);
  const env = {
    ...process.env,
    ...{ API_URL: system.apiUrl, CONTROL_URL: system.controlUrl, CONTROL_TOKEN: system.controlToken },
  };
  return run(process.execPath, ['--test', join(folder, 'order.ts')], { env });
};
