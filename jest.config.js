import { availableParallelism } from 'node:os';
import { join } from 'node:path';

// Tests start a hundred programs, each of which would compile the same files again.
process.env.NODE_COMPILE_CACHE ??= join(import.meta.dirname, 'build/compile-cache');

/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/test/**/*.test.ts', '<rootDir>/{packages,templates}/*/test/**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  globalSetup: '<rootDir>/test/support/temporary-files.js',
  globalTeardown: '<rootDir>/test/support/remove-temporary-files.js',
  testSequencer: '<rootDir>/test/support/slow-first.js',
  transform: { '\\.ts$': '<rootDir>/test/support/strip-types.js' },
  modulePathIgnorePatterns: ['<rootDir>/cdk.out', '<rootDir>/build', '<rootDir>/.local'],
  watchman: false,
  // Jest would leave one processor free. The end-to-end test, which is the longest, mostly waits: for a backoff, a batch that
  // gathers, a copy of a view. One worker more than there are processors has others run meanwhile.
  maxWorkers: availableParallelism() + 1,
  // How long a test takes on a busy machine is no assertion; a test that hangs still ends.
  testTimeout: 30_000,
};
