import { isObject } from '../values/json.ts';
import {
  type CommitResult,
  checkCommit,
  checkStart,
  type Index,
  type Item,
  keyNames,
  keyOf,
  nameOf,
  type Page,
  type Query,
  startAfter,
  type Table,
  type Write,
} from './table.ts';

const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value));

const isVersion = (found: Item | undefined, expected: number | undefined): boolean =>
  expected === undefined || found?.version === expected;

const holds = (write: Write, found: Item | undefined): boolean => {
  switch (write.kind) {
    case 'insert':
      return found === undefined || isOverwritable(found, write.overExpiredBefore);
    case 'put':
    case 'delete':
      return isVersion(found, write.expectedVersion);
    case 'adjust':
      return found !== undefined && sums(found, write.add).every(([, sum]) => sum >= (write.atLeast ?? -Infinity));
    case 'check':
      return found !== undefined && isVersion(found, write.expectedVersion);
    case 'absent':
      return found === undefined;
  }
};

const isOverwritable = ({ expiresAt }: Item, before: number | undefined): boolean =>
  before !== undefined && typeof expiresAt === 'number' && expiresAt <= before;

const sums = (item: Item, add: Readonly<Record<string, number>>): [string, number][] =>
  Object.entries(add).map(([name, amount]) => [name, Number(item[name] ?? 0) + amount]);

const apply = (rows: Map<string, Item>, write: Write): void => {
  const name = nameOf(keyOf(write));
  const found = rows.get(name);
  if (write.kind === 'insert' || write.kind === 'put') rows.set(name, copy(write.item));
  else if (write.kind === 'delete') rows.delete(name);
  else if (write.kind === 'adjust' && found)
    rows.set(name, { ...found, ...Object.fromEntries(sums(found, write.add)), ...copy(write.set ?? {}) });
};

const byKey = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const select = (rows: Iterable<Item>, query: Query): Item[] => {
  const [pk, sk] = keyNames(query.index);
  const sortKey = (item: Item): string => JSON.stringify([String(item[sk]), item.sk]);
  const found = [...rows].filter((item) => {
    const sort = item[sk];
    if (item[pk] !== query.pk || typeof sort !== 'string') return false;
    return sort.startsWith(query.skPrefix ?? '') && (query.skAfter === undefined || sort > query.skAfter);
  });
  found.sort((a, b) => byKey(sortKey(a), sortKey(b)));
  return query.newestFirst ? found.reverse() : found;
};

const shown = (item: Item, index: Index | undefined): Item => {
  const { pk, sk, gsi2pk = null, gsi2sk = null } = item;
  return index === 'gsi2' ? { pk, sk, gsi2pk, gsi2sk } : item;
};

/** A table in memory with the semantics of the real one, for domain tests and single-process use. */
export const createMemoryTable = (): Table & { items(): readonly Item[] } => {
  const rows = new Map<string, Item>();
  const query = async (query: Query): Promise<Page> => {
    checkStart(query);
    const found = select(rows.values(), query).map((item) => shown(item, query.index));
    const last = query.start;
    const from = last ? found.findIndex((item) => item.pk === last.pk && item.sk === last.sk) + 1 : 0;
    const items = found.slice(from, from + query.limit);
    const end = items.at(-1);
    return found.length > from + query.limit && end
      ? { items: copy(items), next: startAfter(end, query.index) }
      : { items: copy(items) };
  };
  return {
    get: async (key) => copyIfThere(rows.get(nameOf(key))),
    query,
    commit: async (writes): Promise<CommitResult> => {
      checkCommit(writes);
      const refused = writes.flatMap((write, position) =>
        holds(write, rows.get(nameOf(keyOf(write)))) ? [] : [position],
      );
      if (refused.length > 0) return { kind: 'refused', refused };
      for (const write of writes) apply(rows, write);
      return { kind: 'committed' };
    },
    items: () => copy([...rows.values()]),
  };
};

const copyIfThere = (item: Item | undefined): Item | undefined => (isObject(item) ? copy(item) : undefined);
