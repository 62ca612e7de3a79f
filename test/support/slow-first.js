import { createRequire } from 'node:module';

// jest's own sequencer, found from jest: it is no dependency of ours.
const requireFromJest = createRequire(createRequire(import.meta.url).resolve('@jest/core'));
const { default: Sequencer } = requireFromJest('@jest/test-sequencer');

/** The files that take longest, the longest first. One of them at the end would keep one processor waiting. */
const SLOW = [
  'test/e2e/e2e.test.ts',
  'test/e2e/tasks.test.ts',
  'test/infra/deploy-check/program.test.ts',
  'test/infra/reproducible.test.ts',
  'test/integration/catalog/hot-product.test.ts',
  'packages/local/test/simulation/repeatable.test.ts',
  'test/integration/invoke.test.ts',
  'test/cli/inspect.test.ts',
  'packages/local/test/cli/starter.test.ts',
  'test/cli/follow.test.ts',
];

/** Without times of an earlier run, as on a new clone, jest goes by the size of files. */
export default class SlowFirst extends Sequencer {
  sort(tests) {
    const rank = ({ path }) => {
      const at = SLOW.findIndex((name) => path.replaceAll('\\', '/').endsWith(name));
      return at < 0 ? SLOW.length : at;
    };
    return [...super.sort(tests)].sort((one, other) => rank(one) - rank(other));
  }
}
