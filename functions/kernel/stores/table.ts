import { invalidCursor } from '../values/cursor.ts';
import { Refused } from '../values/errors.ts';
import type { Json, JsonObject } from '../values/json.ts';
import { utf8Length } from '../values/utf8-length.ts';

/**
 * The port to one service-owned table: generic string keys `pk` and `sk`, optional indexes `gsi1` over `gsi1pk` and
 * `gsi1sk` and `gsi2`, and an expiry in epoch seconds in `expiresAt`, which readers check themselves since TTL deletes late.
 */
export interface Key {
  readonly pk: string;
  readonly sk: string;
}

export type Item = Key & JsonObject;

/** One action of an atomic commit. Every condition is named by its kind. */
export type Write =
  /** Refused when the key exists, unless what exists expired before `overExpiredBefore` (epoch seconds). */
  | { readonly kind: 'insert'; readonly item: Item; readonly overExpiredBefore?: number }
  /** Replaces an item; with `expectedVersion` only if its `version` attribute is that. */
  | { readonly kind: 'put'; readonly item: Item; readonly expectedVersion?: number }
  /**
   * Adds to numeric attributes and replaces those of `set`; refused when the item is absent or one of the sums would end
   * below `atLeast`.
   */
  | {
      readonly kind: 'adjust';
      readonly key: Key;
      readonly add: Readonly<Record<string, number>>;
      readonly atLeast?: number;
      readonly set?: JsonObject;
    }
  | { readonly kind: 'delete'; readonly key: Key; readonly expectedVersion?: number }
  /** Writes nothing; refused unless the item is there (with that `version`, when given) or, for `absent`, is not. */
  | { readonly kind: 'check'; readonly key: Key; readonly expectedVersion?: number }
  | { readonly kind: 'absent'; readonly key: Key };

/** `refused` holds the positions of the writes whose condition did not hold. Nothing was written then. */
export type CommitResult =
  | { readonly kind: 'committed' }
  | { readonly kind: 'refused'; readonly refused: readonly number[] };

/** `gsi2` gives the keys of an item only, so that it costs nothing when the rest of the item changes. */
export type Index = 'gsi1' | 'gsi2';

export interface Query {
  readonly index?: Index;
  readonly pk: string;
  readonly skPrefix?: string;
  /** Only items whose sort key is greater. */
  readonly skAfter?: string;
  readonly limit: number;
  /** Descending by sort key. */
  readonly newestFirst?: boolean;
  /** `next` of the page before. */
  readonly start?: JsonObject;
  readonly consistent?: boolean;
}

export interface Page {
  readonly items: readonly Item[];
  readonly next?: JsonObject;
}

export interface CommitOptions {
  /** How long the caller may still take: a commit in conflict with others is tried until little of it is left. */
  readonly remainingMs?: () => number;
}

/**
 * Throws Refused `unavailable` when the table cannot be reached or throttles, `contended` when a commit stays in conflict
 * with others after bounded retries; never reports an unknown outcome as a refusal.
 */
export interface Table {
  get(key: Key, options?: { readonly consistent?: boolean }): Promise<Item | undefined>;
  query(query: Query): Promise<Page>;
  /** All or nothing, at most 100 writes on distinct keys. */
  commit(writes: readonly Write[], options?: CommitOptions): Promise<CommitResult>;
}

/** The same table, whose commits are tried for as long as the caller may take. */
export const withinTime = (table: Table, remainingMs: () => number): Table => ({
  ...table,
  commit: (writes) => table.commit(writes, { remainingMs }),
});

export const isExpired = (item: JsonObject, nowSeconds: number): boolean =>
  typeof item.expiresAt === 'number' && item.expiresAt <= nowSeconds;

/** The key that a write is on. */
export const keyOf = (write: Write): Key => ('item' in write ? write.item : write.key);

/** A key as one text. */
export const nameOf = ({ pk, sk }: Key): string => JSON.stringify([pk, sk]);

export const MAX_WRITES = 100;

/** Throws an Error for what DynamoDB would refuse as a validation failure. */
export const checkCommit = (writes: readonly Write[]): void => {
  if (writes.length === 0 || writes.length > MAX_WRITES) throw new Error(`a commit of ${writes.length} writes`);
  if (new Set(writes.map((write) => nameOf(keyOf(write)))).size < writes.length)
    throw new Error('two writes on one key');
};

/** What a table, or an index of it, is keyed by: the names of partition and sort key. */
export const keyNames = (index?: Index): readonly [string, string] =>
  index === undefined ? ['pk', 'sk'] : [`${index}pk`, `${index}sk`];

/** `next` of a page that ends with the item. */
export const startAfter = (item: Item, index: Query['index']): JsonObject => {
  const names = new Set([...keyNames(), ...keyNames(index)]);
  return Object.fromEntries([...names].map((name) => [name, item[name] ?? null]));
};

/** Bytes, as DynamoDB takes them. */
const MAX_PARTITION_KEY = 2048;
const MAX_SORT_KEY = 1024;

const isKeyText = (value: Json | undefined, max: number): value is string =>
  typeof value === 'string' && value !== '' && value.isWellFormed() && utf8Length(value) <= max;

/** Throws Refused `invalid-cursor` for a `start` that no page of the query can have ended with: callers hand them back. */
export const checkStart = ({ start, index, pk, skPrefix = '', skAfter = '' }: Query): void => {
  if (start === undefined) return;
  const [partitionName, sortName] = keyNames(index);
  const [partition, sort] = [start[partitionName], start[sortName]];
  const isOfTheKey =
    Object.keys(start).length === (index === undefined ? 2 : 4) &&
    isKeyText(start.pk, MAX_PARTITION_KEY) &&
    isKeyText(start.sk, MAX_SORT_KEY);
  const isInRange =
    partition === pk &&
    isKeyText(sort, MAX_SORT_KEY) &&
    sort.startsWith(skPrefix) &&
    (skAfter === '' || sort > skAfter);
  if (!isOfTheKey || !isInRange) throw new Refused(invalidCursor);
};

/** Every item that a query finds, page by page; `limit` is the size of a page. */
export async function* everyItem(table: Pick<Table, 'query'>, query: Omit<Query, 'start'>): AsyncGenerator<Item> {
  let start: JsonObject | undefined;
  do {
    const page = await table.query({ ...query, ...(start && { start }) });
    yield* page.items;
    start = page.next;
  } while (start);
}
