import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const HELP = `Runs every property of the tests 10,000 times; npm test runs each 1,000 times.

  npm run test:properties
  npm run test:properties -- test/domain/kernel/cursor
  npm run test:properties -- --seed -1292 --path "3:1" test/domain/kernel/cursor

  --runs N             instead of 10,000
  --seed N, --path P   plays one failure again, with the seed and the path that it printed`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  allowNegative: false,
  options: {
    help: { type: 'boolean', short: 'h', default: false },
    runs: { type: 'string', default: '10000' },
    seed: { type: 'string' },
    path: { type: 'string' },
  },
});

const run = (): number => {
  const { runs, seed, path } = values;
  const jest = ['--experimental-vm-modules', '--no-warnings', 'node_modules/jest/bin/jest.js'];
  const files = positionals.length > 0 ? positionals : ['\\.properties\\.test\\.ts$'];
  const { status } = spawnSync(process.execPath, [...jest, '--testTimeout=600000', ...files], {
    cwd: join(import.meta.dirname, '..'),
    stdio: 'inherit',
    env: {
      ...process.env,
      PROPERTY_RUNS: runs,
      ...(seed === undefined ? {} : { PROPERTY_SEED: seed }),
      ...(path === undefined ? {} : { PROPERTY_PATH: path }),
    },
  });
  return status ?? 1;
};

if (values.help) console.log(HELP);
else process.exitCode = run();
