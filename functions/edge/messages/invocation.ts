import type { Context } from 'aws-lambda';
import type { Runtime } from '../../kernel/ports/runtime.ts';
import type { JsonObject } from '../../kernel/values/json.ts';
import { errorFields } from '../error-fields.ts';
import type { MessageContext } from '../message-context.ts';
import { recordBatch } from './batch-observation.ts';

/** The function that an operator invokes by its name, and who may is said by IAM alone. A failure is thrown on. */
export const invocationHandler = (
  handle: (input: JsonObject, context: MessageContext) => Promise<JsonObject>,
  runtime: Runtime,
): ((
  input: JsonObject,
  context: Pick<Context, 'awsRequestId' | 'getRemainingTimeInMillis'>,
) => Promise<JsonObject>) => {
  const { clock, log } = runtime;
  return async (input, context) => {
    const id = context.awsRequestId;
    const startedMs = clock.now();
    const cause = { correlationId: id, causationId: id };
    const runLog = log.with({ correlationId: id });
    try {
      const remainingMs = () => context.getRemainingTimeInMillis();
      const answer = await handle(input, { cause, log: runLog, remainingMs });
      recordBatch('invocation', { records: 1, failures: 0, startedMs }, runtime);
      return answer;
    } catch (thrown) {
      runLog.error('invocation failed', errorFields(thrown));
      recordBatch('invocation', { records: 1, failures: 1, startedMs, thrown: [thrown] }, runtime);
      throw thrown;
    }
  };
};
