import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { accept, type Decider, refuse } from '../../functions/kernel/stores/decider.ts';
import { type Effect, handleStateCommand, type StateAggregate } from '../../functions/kernel/stores/state-store.ts';
import type { Table } from '../../functions/kernel/stores/table.ts';
import { Refused } from '../../functions/kernel/values/errors.ts';
import { type TableProvider, tableProviders } from '../support/tables.ts';

interface Count {
  readonly count: number;
}
type Added = { readonly type: 'Added'; readonly amount: number };
const decider: Decider<{ readonly amount: number }, Added, Count> = {
  initialState: { count: 0 },
  decide: ({ amount }, { count }) => {
    if (count + amount < 0) return refuse({ outcome: 'conflict', code: 'below-zero', detail: 'No.' });
    return amount === 0 ? accept() : accept({ type: 'Added', amount });
  },
  evolve: ({ count }, { amount }) => ({ count: count + amount }),
};
const counter: StateAggregate<{ readonly amount: number }, Added, Count> = {
  decider,
  keyOf: (id) => ({ pk: `COUNTER#${id}`, sk: 'COUNTER' }),
  toAttributes: ({ count }) => ({ count }),
  fromItem: ({ count }) => ({ count: Number(count) }),
};

const WRITERS = 32;
const oneTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1);
const note = (sk: string, whenRefused: Effect['whenRefused']): Effect => ({
  write: { kind: 'insert', item: { pk: 'NOTE', sk } },
  whenRefused,
});

describe.each(tableProviders)('a state store %s', (_name, start) => {
  let provider: TableProvider;
  let table: Table;
  beforeAll(async () => {
    provider = await start();
  });
  beforeEach(async () => {
    table = await provider.open();
  });
  afterAll(() => provider.close());

  const add = (amount: number, expectedVersion?: number, effects: readonly Effect[] = []) =>
    handleStateCommand({
      table,
      aggregate: counter,
      id: 'c',
      command: () => ({ amount }),
      expectedVersion,
      effects: () => effects,
    });
  const read = () => table.get(counter.keyOf('c'), { consistent: true });
  const stale = { refusal: { outcome: 'stale' } };

  /** As a client does that is refused because others were faster. */
  const addAtLast = async (): Promise<number> => {
    for (let tries = 0; tries < WRITERS; tries += 1) {
      const done = await add(1).catch((thrown: unknown) => {
        if (!(thrown instanceof Refused)) throw thrown;
      });
      if (done) return done.version;
    }
    throw new Error('others stayed faster');
  };

  it('loses no update of many parallel writers', async () => {
    const versions = await Promise.all(oneTo(WRITERS).map(addAtLast));
    expect(versions.toSorted((a, b) => a - b)).toEqual(oneTo(WRITERS));
    expect(await read()).toMatchObject({ count: WRITERS, version: WRITERS });
  });

  it('takes a command at the version of If-Match only, neither ahead of the state nor behind it', async () => {
    await add(1);
    await add(1);
    await expect(add(1, 3)).rejects.toMatchObject(stale);
    await expect(add(1, 1)).rejects.toMatchObject(stale);
    expect(await add(1, 2)).toMatchObject({ kind: 'done', version: 3, state: { count: 3 } });
    await expect(add(1, 2)).rejects.toMatchObject(stale);
  });

  it('lets one of two writers through that read the same version', async () => {
    await add(1);
    const outcomes = await Promise.allSettled([add(1, 1), add(1, 1)]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await read()).toMatchObject({ count: 2, version: 2 });
  });

  it('writes nothing when the command is refused or changes nothing', async () => {
    await expect(add(-1)).rejects.toMatchObject({ refusal: { code: 'below-zero' } });
    expect(await add(0)).toMatchObject({ kind: 'done', version: 0, events: [] });
    expect(await read()).toBeUndefined();
  });

  it('commits effects with the state or not at all, and does as a refused one says', async () => {
    expect(await add(1, undefined, [note('a', 'retry')])).toMatchObject({ kind: 'done', version: 1 });
    const taken: Effect['whenRefused'] = { outcome: 'conflict', code: 'taken', detail: 'It is taken.' };
    await expect(add(1, undefined, [note('b', 'retry'), note('a', taken)])).rejects.toMatchObject({ refusal: taken });
    expect(await add(1, undefined, [note('b', 'retry'), note('a', 'duplicate')])).toMatchObject({
      kind: 'duplicate',
      version: 1,
      events: [],
    });
    expect(await table.get({ pk: 'NOTE', sk: 'b' }, { consistent: true })).toBeUndefined();
    expect(await read()).toMatchObject({ count: 1, version: 1 });
  });
});
