import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand } from './command.ts';
import type { Deployment } from './deployment.ts';
import { leftOut } from './left-out.ts';
import { lastLines } from './problem.ts';

export interface E2eResult {
  readonly passed: readonly string[];
  /** Name and first lines of the reason. */
  readonly failed: readonly { readonly name: string; readonly reason: string }[];
}

interface JestReport {
  readonly testResults: readonly {
    readonly message: string;
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: 'passed' | 'failed' | 'pending';
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

const REASON_LINES = 12;

const literally = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** A case that takes no part is not one that passed: the names left out must be names that there are. */
const unknownNames = (names: readonly string[]): readonly string[] =>
  leftOut.map(({ name }) => name).filter((name) => !names.includes(name));

/** Runs every case of `test/e2e` against the deployment, but for those that are left out by name. */
export const runE2e = async (root: string, folder: string, deployment: Deployment): Promise<E2eResult> => {
  const report = join(folder, 'e2e.json');
  const { output } = await runCommand(
    process.execPath,
    [
      ...['--experimental-vm-modules', '--no-warnings', join(root, 'node_modules/jest/bin/jest.js')],
      ...['--testMatch', '<rootDir>/test/deploy/*.e2e.ts', '--testTimeout', '120000'],
      ...['--testNamePattern', `^(?!(${leftOut.map(({ name }) => literally(name)).join('|')})$)`],
      ...['--json', '--outputFile', report],
    ],
    { cwd: root, env: { ...process.env, ARCHIPELAGO_DEPLOYMENT: JSON.stringify(deployment) } },
  );
  const text = await readFile(report, 'utf8').catch(() => undefined);
  if (text === undefined) throw new Error(`jest ended without a report:\n${lastLines(output)}`);
  const { testResults }: JestReport = JSON.parse(text);
  const cases = testResults.flatMap(({ assertionResults }) => assertionResults);
  if (cases.length === 0) throw new Error(`jest found no cases:\n${lastLines(testResults[0]?.message ?? output)}`);
  const unknown = unknownNames(cases.map(({ fullName }) => fullName));
  return {
    passed: cases.filter(({ status }) => status === 'passed').map(({ fullName }) => fullName),
    failed: [
      ...cases
        .filter(({ status }) => status === 'failed')
        .map(({ fullName, failureMessages }) => ({
          name: fullName,
          reason: (failureMessages[0] ?? '').split('\n').slice(0, REASON_LINES).join('\n'),
        })),
      ...unknown.map((name) => ({ name, reason: 'is left out in test/deploy/left-out.ts, but there is no such case' })),
    ],
  };
};
