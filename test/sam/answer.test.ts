import { describe, expect, it } from '@jest/globals';
import { complaint } from './answer.ts';

const ran = (stdout: string, exitCode: number | null = 0) => ({ exitCode, stdout, stderr: 'INVOKED\nby SAM\n' });

describe('an invocation by SAM', () => {
  it.each([
    ['users/get-user', '{"statusCode":200,"body":"{}"}\n'],
    ['gateway/default-route', '{"statusCode":404}'],
    ['orders/relay', '{"batchItemFailures": []}'],
    ['registry/sweep', 'null\n'],
  ])('of %s that answers as its event says is right', (name, stdout) => {
    expect(complaint(name, ran(stdout))).toBeUndefined();
  });

  it.each([
    [
      'threw, although SAM exits with 0',
      ran('{"errorType":"Error","errorMessage":"no"}'),
      'the function threw Error: no',
    ],
    ['timed out, although SAM exits with 0', ran(''), 'no answer (exit code 0):\nINVOKED\nby SAM'],
    ['could not be started', ran('', null), 'no answer (exit code null):\nINVOKED\nby SAM'],
    ['was refused by SAM', ran('{"statusCode":200}', 1), 'exit code 1:\nINVOKED\nby SAM'],
    ['answered an error', ran('{"statusCode":500}'), 'unexpected answer {"statusCode":500}'],
  ])('that %s is a failure', (_how, outcome, message) => {
    expect(complaint('users/get-user', outcome)).toBe(message);
  });

  it('that leaves records of a batch is a failure', () => {
    expect(complaint('orders/relay', ran('{"batchItemFailures":[{"itemIdentifier":"1"}]}'))).toMatch(/^unexpected/);
  });
});
