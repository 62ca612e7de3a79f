import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { Stryker } from '@stryker-mutator/core';
import { equivalentMutants } from './equivalent.ts';
import { judge, type Mutant } from './judge.ts';
import { writeRow } from './page.ts';
import { type MutatedRoom, rooms } from './rooms.ts';

const HELP = `Changes the code of a room in one place after another and looks whether a test fails.

  npm run test:mutation                every room
  npm run test:mutation -- saga money  these rooms: ${rooms.map(({ name }) => name).join(', ')}

  --page   writes the figures to docs/mutation.md
  --force  runs every mutant again; without it only those whose code or tests have changed

Exit code: 1 when a room stays below its bar, or an exclusion fits no mutant that survives.`;

const ROOT = join(import.meta.dirname, '../..');

/** A mutant that a test file cannot even be loaded with, or that runs without end, is found as well. */
const UNFOUND: readonly string[] = ['Survived', 'NoCoverage'];

/** The text between two positions, whose lines and columns count from 1. */
const textAt = (file: string, { start, end }: { start: Position; end: Position }): string => {
  const lines = readFileSync(file, 'utf8')
    .split('\n')
    .slice(start.line - 1, end.line);
  const last = lines.length - 1;
  lines[last] = (lines[last] ?? '').slice(0, end.column - 1);
  lines[0] = (lines[0] ?? '').slice(start.column - 1);
  return lines.join('\n');
};

interface Position {
  readonly line: number;
  readonly column: number;
}

const mutantsOf = async ({ name, files, tests }: MutatedRoom, force: boolean): Promise<readonly Mutant[]> => {
  const stryker = new Stryker({
    mutate: [...files],
    testRunner: 'jest',
    plugins: [import.meta.resolve('@stryker-mutator/jest-runner')],
    testRunnerNodeArgs: ['--experimental-vm-modules', '--no-warnings'],
    jest: {
      configFile: 'jest.config.js',
      // The tests are named: jest need not look for those that import a file.
      config: { roots: ['<rootDir>/test'], testMatch: tests.map((glob) => `<rootDir>/${glob}`) },
      enableFindRelatedTests: false,
    },
    coverageAnalysis: 'perTest',
    concurrency: 1,
    // A busy machine must not make a slow test look like a loop without end.
    timeoutMS: 20_000,
    tempDirName: 'build/mutation',
    ignorePatterns: ['build', '.local', 'cdk.out', 'coverage'],
    incremental: true,
    incrementalFile: `build/mutants/${name.replace('/', '-')}.json`,
    force,
    // Types are stripped: a mutant that breaks them runs as well, and Stryker cannot call this compiler.
    tsconfigFile: 'none',
    disableTypeChecks: false,
    reporters: ['progress-append-only'],
  });
  const results = await stryker.runMutationTest();
  return results.map((result) => ({
    file: relative(ROOT, result.fileName).replaceAll('\\', '/'),
    line: result.location.start.line,
    original: textAt(result.fileName, result.location),
    replacement: result.replacement ?? '',
    isFound: !UNFOUND.includes(result.status),
  }));
};

const shown = ({ file, line, original, replacement }: Mutant) =>
  `  ${file}:${line}\n  - ${original}\n  + ${replacement}`;

/** Whether the room is good enough. */
const run = async (room: MutatedRoom, { force, page }: { force: boolean; page: boolean }): Promise<boolean> => {
  const verdict = judge(await mutantsOf(room, force), equivalentMutants);
  const { mutants, found, equivalent, score, survivors, stale } = verdict;
  for (const survivor of survivors) console.log(shown(survivor));
  for (const { file, original, replacement } of stale)
    console.log(`  excluded, and no such mutant survives: ${file}\n  - ${original}\n  + ${replacement}`);
  console.log(
    `${room.name}: ${found} of ${mutants} found, ${equivalent} equivalent: ${score} %, at least ${room.bar} %`,
  );
  if (page) {
    const commit = execFileSync('git', ['rev-parse', '--short=10', 'HEAD'], { encoding: 'utf8' }).trim();
    writeRow(room, verdict, { date: new Date().toISOString().slice(0, 10), commit });
  }
  return score >= room.bar && stale.length === 0;
};

const main = async (): Promise<number> => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      help: { type: 'boolean', short: 'h', default: false },
      page: { type: 'boolean', default: false },
      force: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const asked = rooms.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
  const unknown = positionals.filter((name) => !asked.some((room) => room.name === name));
  if (unknown.length > 0) {
    console.error(`test:mutation: no room is called ${unknown.join(', ')}`);
    return 2;
  }
  process.chdir(ROOT);
  // Each mutant plays every property: few runs are enough to find it.
  process.env.PROPERTY_RUNS ??= '50';
  process.env.TABLES ??= 'memory';
  let isGood = true;
  for (const room of asked) isGood = (await run(room, values)) && isGood;
  return isGood ? 0 : 1;
};

process.exitCode = await main();
