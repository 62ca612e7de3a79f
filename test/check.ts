import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs, styleText } from 'node:util';

const HELP = `Runs every part of the check, fast ones first, and lists all that failed at the end.

  npm run check            types, format, lint, dead code, rules of the repository, templates
  npm run check:fast       types, format and rules of the repository: for before a commit
  npm run check:templates  cfn-lint and cdk-nag over the synthesized templates; they need Python 3 and the network

  --only NAME              one part; may be repeated

Exit code: 0 when every part passes, else 1.`;

interface Part {
  readonly name: string;
  readonly command: readonly string[];
  /** What mends it, where a command does. */
  readonly remedy?: string;
}

/** Plain text unless a person reads it. */
const isPlain = process.stdout.isTTY !== true;

const ROOT = join(import.meta.dirname, '..');
const jest = ['--experimental-vm-modules', '--no-warnings', 'node_modules/jest/bin/jest.js'];
const bin = (name: string) => join('node_modules', '.bin', name);

const BIOME: Part = {
  name: 'format and lint',
  command: [bin('biome'), 'ci', `--colors=${isPlain ? 'off' : 'force'}`],
  remedy: 'npm run format',
};
const TYPES: Part = {
  name: 'types',
  command: [bin('tsc'), '-p', '.', '--incremental', '--tsBuildInfoFile', 'build/types.tsbuildinfo'],
};
const ROOMS: Part = { name: 'rules of the repository', command: [process.execPath, ...jest, 'test/rooms'] };

const FAST = [BIOME, TYPES, ROOMS];
const TEMPLATES: readonly Part[] = [
  { name: 'cfn-lint', command: [process.execPath, 'test/judges/cfn-lint.ts'] },
  { name: 'cdk-nag', command: [process.execPath, 'test/judges/cdk-nag.ts'] },
];
const ALL: readonly Part[] = [
  BIOME,
  TYPES,
  { name: 'types of workers', command: [bin('tsc'), '-p', 'tsconfig.worker.json'] },
  { name: 'dead code', command: [bin('knip')] },
  ROOMS,
  { name: 'type-aware lint', command: [bin('oxlint'), '--type-aware', '--deny-warnings'] },
  ...TEMPLATES,
];

interface Result {
  readonly part: Part;
  readonly passed: boolean;
  readonly seconds: string;
  readonly output: string;
}

const run = (part: Part): Promise<Result> =>
  new Promise((resolve) => {
    const startedMs = performance.now();
    const [program = '', ...args] = part.command;
    const child = spawn(program, args, {
      cwd: ROOT,
      shell: process.platform === 'win32',
      env: { ...process.env, ...(isPlain ? { NO_COLOR: '1' } : { FORCE_COLOR: '1' }) },
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
      });
    }
    const end = (passed: boolean) =>
      resolve({ part, passed, seconds: ((performance.now() - startedMs) / 1000).toFixed(1), output });
    child.on('error', (error) => {
      output += error.message;
      end(false);
    });
    child.on('close', (code) => end(code === 0));
  });

const painted = (style: 'red' | 'green', text: string) => (isPlain ? text : styleText(style, text));

const { values } = parseArgs({
  options: {
    help: { type: 'boolean', short: 'h' },
    fast: { type: 'boolean' },
    templates: { type: 'boolean' },
    only: { type: 'string', multiple: true, default: [] },
  },
});

const partsAsked = (): readonly Part[] => {
  const parts = values.fast ? FAST : values.templates ? TEMPLATES : ALL;
  return values.only.length === 0 ? parts : parts.filter(({ name }) => values.only.includes(name));
};

const main = async (): Promise<number> => {
  const parts = partsAsked();
  if (parts.length === 0) {
    console.error(`check: no part is called so; there is ${ALL.map(({ name }) => `"${name}"`).join(', ')}`);
    return 2;
  }
  const failed: Result[] = [];
  for (const part of parts) {
    const result = await run(part);
    console.log(
      `${result.passed ? painted('green', 'ok    ') : painted('red', 'FAILED')}  ${part.name}  ${result.seconds} s`,
    );
    if (!result.passed) failed.push(result);
  }
  for (const { part, output } of failed) console.log(`\n${painted('red', part.name)}\n${output.trim()}`);
  if (failed.length === 0) return 0;
  console.log('\nFailed:');
  for (const { part } of failed)
    console.log(`  ${part.name}${part.remedy ? `: ${part.remedy} mends what can be mended` : ''}`);
  return 1;
};

if (values.help) console.log(HELP);
else process.exitCode = await main();
