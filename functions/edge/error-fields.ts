import { describeError, type LogFields } from '../kernel/ports/log.ts';
import { Refused } from '../kernel/values/errors.ts';
import type { JsonObject } from '../kernel/values/json.ts';

const plain = (thrown: unknown): JsonObject => JSON.parse(JSON.stringify(describeError(thrown)));

/** What a log line says about something thrown: a refusal by its code, with the cause behind it; a defect in full. */
export const errorFields = (thrown: unknown): LogFields => {
  if (!(thrown instanceof Refused)) return { error: plain(thrown) };
  const { code } = thrown.refusal;
  return thrown.cause === undefined ? { code } : { code, error: plain(thrown.cause) };
};
