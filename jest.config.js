/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/test/**/*.test.ts', '<rootDir>/packages/*/test/**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  testSequencer: '<rootDir>/test/support/slow-first.js',
  transform: { '\\.ts$': '<rootDir>/test/support/strip-types.js' },
  modulePathIgnorePatterns: ['<rootDir>/cdk.out', '<rootDir>/build', '<rootDir>/.local'],
  watchman: false,
  // Jest would leave one processor free. Half of its time a test waits for what it started: a runtime, an engine, a synthesis.
  maxWorkers: '100%',
  // How long a test takes on a busy machine is no assertion; a test that hangs still ends.
  testTimeout: 30_000,
};
