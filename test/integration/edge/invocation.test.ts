import { expect, it } from '@jest/globals';
import { invocationHandler } from '../../../functions/edge/messages/invocation.ts';
import { count } from '../../../functions/kernel/ports/metrics.ts';
import { lambdaContext } from '../../support/lambda-context.ts';
import { createRecordingRuntime } from '../../support/recording-runtime.ts';

it('a function that an operator invokes answers what its handler answers, within its time', async () => {
  const runtime = createRecordingRuntime();
  const handler = invocationHandler(
    async ({ step }, { remainingMs }) => ({ step: step ?? null, left: remainingMs() }),
    runtime,
  );
  expect(await handler({ step: 'begin' }, lambdaContext(700))).toEqual({ step: 'begin', left: 700 });
  expect(runtime.measures).toEqual([]);
});

it('a function that an operator invokes throws on what fails, logged under its request and counted', async () => {
  const runtime = createRecordingRuntime();
  const context = lambdaContext();
  const handler = invocationHandler(() => Promise.reject(new Error('table full')), runtime);
  await expect(handler({ token: 'tok_secret' }, context)).rejects.toThrow('table full');
  expect(runtime.entries).toContainEqual({
    level: 'error',
    message: 'invocation failed',
    fields: expect.objectContaining({ correlationId: context.awsRequestId }),
  });
  expect(JSON.stringify(runtime.entries)).not.toContain('tok_secret');
  expect(runtime.measures).toEqual([expect.objectContaining({ errors: count(1) })]);
});
