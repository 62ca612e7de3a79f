import type { JsonObject } from '../../kernel/values/json.ts';
import { createAwsJson } from './aws-json.ts';

/** Longer than any function behind a route may take. */
const TIMEOUT_MS = 20_000;

/**
 * Invokes the code that was uploaded last, which is what the newest version was published from; an error that the
 * function throws is its answer, `{errorType, errorMessage}`.
 */
export const createInvocations = (): ((functionName: string, event: JsonObject) => Promise<JsonObject>) => {
  const send = createAwsJson('lambda', TIMEOUT_MS);
  return (functionName, event) => send(`/2015-03-31/functions/${functionName}/invocations`, event);
};
