import type { Json, JsonObject } from '../../kernel/values/json.ts';

const lineCountOf = (items: Json | undefined): number => (Array.isArray(items) ? items.length : 0);

/** An order as the versions of the list show it, out of its view. */
export const orderEntries = {
  1: (view: JsonObject): JsonObject => view,
  2: ({ id = '', status = '', items, total = {}, version = 0, placedAt = '' }: JsonObject): JsonObject => ({
    id,
    status,
    lineCount: lineCountOf(items),
    total,
    version,
    placedAt,
  }),
} as const;
