import { isList, isObject, type Json } from '../../../core/json.ts';

const parse = (payload: string): Json | undefined => {
  try {
    return JSON.parse(payload);
  } catch {
    return undefined;
  }
};

/**
 * Reads `{batchItemFailures: [{itemIdentifier}]}`: the ids that failed, or `all` when the answer counts as a failure of
 * the whole batch (malformed, an empty or unknown id).
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html#services-sqs-batchfailurereporting
 */
export const readBatchAnswer = (payload: string, known: ReadonlySet<string>): ReadonlySet<string> | 'all' => {
  const answer = parse(payload);
  if (answer === null) return new Set();
  if (!isObject(answer)) return 'all';
  const failures = answer.batchItemFailures;
  if (failures === undefined || failures === null) return new Set();
  if (!isList(failures)) return 'all';
  const failed = new Set<string>();
  for (const failure of failures) {
    const id = isObject(failure) ? failure.itemIdentifier : undefined;
    if (typeof id !== 'string' || !known.has(id)) return 'all';
    failed.add(id);
  }
  return failed;
};
