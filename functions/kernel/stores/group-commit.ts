import { type CommitOptions, type CommitResult, keyOf, MAX_WRITES, nameOf, type Table, type Write } from './table.ts';

type Adjustment = Extract<Write, { kind: 'adjust' }>;

interface Waiting {
  readonly writes: readonly Write[];
  readonly options: CommitOptions | undefined;
  readonly settle: PromiseWithResolvers<CommitResult>;
}

const countersOf = (writes: readonly Write[]): readonly string[] =>
  writes.filter(({ kind }) => kind === 'adjust').map((write) => nameOf(keyOf(write)));

/** What both set is as the later one sets it. */
const addBoth = (one: Adjustment, other: Adjustment): Adjustment => {
  const names = new Set([...Object.keys(one.add), ...Object.keys(other.add)]);
  const add = Object.fromEntries([...names].map((name) => [name, (one.add[name] ?? 0) + (other.add[name] ?? 0)]));
  const minima = [one.atLeast, other.atLeast].filter((least) => least !== undefined);
  return {
    kind: 'adjust',
    key: one.key,
    add,
    ...(minima.length > 0 && { atLeast: Math.max(...minima) }),
    ...((one.set || other.set) && { set: { ...one.set, ...other.set } }),
  };
};

/** Both as one commit, in which each counter changes once; undefined when they write the same row, or too many. */
const together = (one: readonly Write[], other: readonly Write[]): readonly Write[] | undefined => {
  const writes = new Map(one.map((write) => [nameOf(keyOf(write)), write]));
  for (const write of other) {
    const name = nameOf(keyOf(write));
    const there = writes.get(name);
    if (there === undefined) writes.set(name, write);
    else if (there.kind === 'adjust' && write.kind === 'adjust') writes.set(name, addBoth(there, write));
    else return undefined;
  }
  return writes.size > MAX_WRITES ? undefined : [...writes.values()];
};

/**
 * A table whose commits to one counter do not get into each other's way within this process: one is under way at a time,
 * and those that wait meanwhile become one commit, which changes the counter by their sum. When that one is refused, each
 * is tried alone. Commits without an `adjust` pass by.
 */
export const groupCommits = (table: Table): Table => {
  const waiting = new Set<Waiting>();
  const busy = new Set<string>();

  const commitAlone = ({ writes, options, settle }: Waiting): Promise<void> =>
    table.commit(writes, options).then(settle.resolve, settle.reject);

  const commitGroup = async (group: readonly Waiting[], writes: readonly Write[]): Promise<void> => {
    const [first, ...others] = group;
    if (first === undefined || others.length === 0) return first && (await commitAlone(first));
    try {
      const result = await table.commit(writes, first.options);
      if (result.kind === 'committed') for (const { settle } of group) settle.resolve(result);
      else for (const each of group) await commitAlone(each);
    } catch (thrown) {
      for (const { settle } of group) settle.reject(thrown);
    }
  };

  /** The first that may go, with all that can go with it. */
  const startNext = (): boolean => {
    const group: Waiting[] = [];
    const counters = new Set<string>();
    let writes: readonly Write[] = [];
    for (const each of waiting) {
      const own = countersOf(each.writes);
      if (own.some((name) => busy.has(name))) continue;
      const joined =
        group.length === 0 ? each.writes : own.some((name) => counters.has(name)) && together(writes, each.writes);
      if (!joined) continue;
      writes = joined;
      group.push(each);
      for (const name of own) counters.add(name);
    }
    if (group.length === 0) return false;
    for (const each of group) waiting.delete(each);
    for (const name of counters) busy.add(name);
    void commitGroup(group, writes).then(() => {
      for (const name of counters) busy.delete(name);
      startAll();
    });
    return true;
  };

  const startAll = (): void => {
    while (waiting.size > 0 && startNext());
  };

  return {
    ...table,
    commit: (writes, options) => {
      if (countersOf(writes).length === 0) return table.commit(writes, options);
      const settle = Promise.withResolvers<CommitResult>();
      waiting.add({ writes, options, settle });
      startAll();
      return settle.promise;
    },
  };
};
