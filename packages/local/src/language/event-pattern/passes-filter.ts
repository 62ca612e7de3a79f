import type { JsonObject } from '../../core/json.ts';
import { matchesPattern } from './matches-pattern.ts';

/** https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html: one matching filter is enough. */
export const passesFilter = (patterns: readonly JsonObject[], record: JsonObject): boolean =>
  patterns.length === 0 || patterns.some((pattern) => matchesPattern(pattern, record));
