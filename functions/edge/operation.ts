import type { Cause } from '../kernel/messages/message.ts';
import type { Runtime } from '../kernel/ports/runtime.ts';
import { Refused } from '../kernel/values/errors.ts';
import type { JsonObject } from '../kernel/values/json.ts';
import type { Schema } from '../kernel/values/schema.ts';
import { errorFields } from './error-fields.ts';

/** What an operator's program is answered. */
type OperationAnswer =
  | { readonly result: JsonObject }
  | { readonly refused: { readonly code: string; readonly detail: string } };

const refusal = (code: string, detail: string): OperationAnswer => ({ refused: { code, detail } });

/** The function that operators invoke by its name. A refusal is an answer; whatever else is thrown is an error of Lambda's. */
export const operationHandler = <Operation>(
  schema: Schema<Operation>,
  operate: (operation: Operation, cause: Cause) => Promise<JsonObject>,
  { ids, log, tracing }: Pick<Runtime, 'ids' | 'log' | 'tracing'>,
): ((event: unknown) => Promise<OperationAnswer>) => {
  return async (event) => {
    const parsed = schema.safeParse(event);
    if (!parsed.success) {
      const where = parsed.error.issues.map(({ path, message }) => `/${path.map(String).join('/')} ${message}`);
      return refusal('invalid', where.join('; '));
    }
    const correlationId = ids.next();
    const traceparent = tracing.traceparent();
    const cause = { correlationId, causationId: correlationId, ...(traceparent === undefined ? {} : { traceparent }) };
    try {
      return {
        result: await tracing.span('operation', { correlationId }, () => operate(parsed.data, cause)),
      };
    } catch (thrown) {
      log.with({ correlationId }).error('operation failed', errorFields(thrown));
      if (thrown instanceof Refused) return refusal(thrown.refusal.code, thrown.refusal.detail);
      throw thrown;
    }
  };
};
