import { expect, it } from '@jest/globals';
import { readOptions, UsageError } from './options.ts';

it('takes the release beside from a folder or from a commit, and not from both', () => {
  expect(readOptions(['--beside', 'cdk.out'])).toMatchObject({ beside: 'cdk.out', against: undefined });
  expect(readOptions(['--against', 'main'])).toMatchObject({ beside: undefined, against: 'main' });
  expect(() => readOptions(['--beside', 'cdk.out', '--against', 'main'])).toThrow(UsageError);
});
