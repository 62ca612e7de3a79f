import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { judge, needless } from './judge.ts';
import { REASONS } from './reasons.ts';
import { readRuns, type Usage, usageOf } from './usage.ts';

const HELP = `Runs the tests that run the system, and reports for each role what it used, what it never used, and what it was refused.

  npm run permissions            exit code 1 when a bar is missed; reasons for what no test uses are in test/permissions/reasons.ts
  npm run permissions -- --read  reports on the last run again
  npm run permissions -- --all   lists what was used as well`;

const { values } = parseArgs({
  options: {
    help: { type: 'boolean', short: 'h', default: false },
    read: { type: 'boolean', default: false },
    all: { type: 'boolean', default: false },
  },
});

const ROOT = join(import.meta.dirname, '../..');
const FOLDER = join(ROOT, 'build/permissions');

const JEST = ['--experimental-vm-modules', '--no-warnings', 'node_modules/jest/bin/jest.js'];
const SUITES: readonly (readonly string[])[] = [
  [...JEST, 'test/e2e', 'test/simulation', 'test/integration/invoke', 'test/cli'],
  ['test/simulation/run.ts', '--seeds', '24'],
  ['test/simulation/crashes/run.ts', '--scenario', 'place', '--family', 'killed'],
];

const runSuites = (): boolean => {
  rmSync(FOLDER, { recursive: true, force: true });
  const env = { ...process.env, LOCAL_PERMISSIONS: FOLDER };
  return SUITES.every((args) => spawnSync(process.execPath, args, { cwd: ROOT, stdio: 'inherit', env }).status === 0);
};

const describe = ({ name, isRole, grants, used }: Usage): string => {
  const allowed = grants.filter((grant) => grant.used).length;
  const lines = values.all ? used.map((each) => `\n    ${each}`) : [];
  return `${isRole ? 'role    ' : 'resource'} ${name}: ${allowed} of ${grants.length} grants used${lines.join('')}`;
};

const report = (): number => {
  const usages = usageOf(readRuns(FOLDER));
  for (const usage of usages) console.log(describe(usage));
  const findings = judge(usages, REASONS);
  for (const { role, what } of findings) console.log(`MISSED  ${role}: ${what}`);
  for (const { role, action } of needless(usages, REASONS))
    console.log(`note    ${role}: ${action} was used, its reason may go`);
  const roles = usages.filter(({ isRole }) => isRole).length;
  console.log(`${roles} roles, ${REASONS.length} reasons, ${findings.length} findings`);
  return findings.length === 0 && roles > 0 ? 0 : 1;
};

const main = (): number => {
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const passed = values.read || runSuites();
  return Math.max(report(), passed ? 0 : 1);
};

process.exitCode = main();
