import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  createEventStore,
  type EventStore,
  type Evolution,
  type StoredShapes,
} from '../../functions/kernel/stores/event-store.ts';
import type { Item, Table } from '../../functions/kernel/stores/table.ts';
import type { JsonObject } from '../../functions/kernel/values/json.ts';
import { numberIn } from '../../functions/kernel/values/members.ts';
import { list, number, object, readAs } from '../../functions/kernel/values/shape.ts';
import { fc } from '../support/properties.ts';
import { type TableProvider, tableProviders } from '../support/tables.ts';

type Added = { readonly kind: 'added'; readonly amount: number };
interface Sum {
  readonly total: number;
  readonly seen: readonly number[];
}
const decider: Evolution<Added, Sum> = {
  initialState: { total: 0, seen: [] },
  evolve: ({ total, seen }, { amount }) => ({ total: total + amount, seen: [...seen, amount].slice(-3) }),
};

const shapes: StoredShapes<Added, Sum> = {
  eventOf: (event) => ({ kind: 'added', amount: numberIn(event, 'amount') }),
  toStored: (event) => ({ ...event }),
  stateOf: (state) => readAs(object({ total: number, seen: list(number) }), state),
  revision: '1',
};

const cause = { correlationId: 'c', causationId: 'r' };
const occurredAt = '2026-01-01T00:00:00.000Z';
const added = (...amounts: number[]): Added[] => amounts.map((amount) => ({ kind: 'added', amount }));

/** Each round one of them wins and the others read again: twice as many cost four times as much. */
const WRITERS = 16;

describe.each(tableProviders)('an event store %s', (_name, start) => {
  let provider: TableProvider;
  let table: Table;
  let store: EventStore<Added, Sum>;
  beforeAll(async () => {
    provider = await start();
  });
  beforeEach(async () => {
    table = await provider.open();
    store = createEventStore(table, shapes, 4);
  });
  afterAll(() => provider.close());

  const append = (streamId: string, expectedVersion: number, events: Added[], more = {}) =>
    store.append({ streamId, expectedVersion, events, occurredAt, cause, ...more });

  it('gives back what was appended, in order, with its cause', async () => {
    expect(await append('s', 0, added(1, 2))).toEqual({ kind: 'appended', version: 2 });
    expect(await append('s', 2, added(3))).toEqual({ kind: 'appended', version: 3 });
    expect(await store.load('s', decider)).toEqual({ version: 3, state: { total: 6, seen: [1, 2, 3] } });
    const history = await store.history('s');
    expect(history?.map(({ version, event }) => [version, event.amount])).toEqual([
      [1, 1],
      [2, 2],
      [3, 3],
    ]);
    expect(history?.[0]).toEqual({ streamId: 's', version: 1, occurredAt, cause, event: added(1)[0] });
  });

  it('gives back a history of any length', async () => {
    const amounts = Array.from({ length: 101 }, (_, index) => index);
    await append('s', 0, added(...amounts.slice(0, 60)));
    await append('s', 60, added(...amounts.slice(60)));
    expect((await store.history('s'))?.map(({ event }) => event.amount)).toEqual(amounts);
  });

  it('knows a stream that is not there', async () => {
    expect(await store.load('none', decider)).toEqual({ version: 0, state: decider.initialState });
    expect(await store.history('none')).toBeUndefined();
  });

  it('turns down an append whose expected version is behind', async () => {
    await append('s', 0, added(1, 2));
    await append('s', 2, added(3));
    for (const behind of [0, 2]) expect(await append('s', behind, added(9))).toEqual({ kind: 'conflict' });
    expect((await store.load('s', decider)).version).toBe(3);
  });

  it('keeps a commit of several events in one row, so that no reader sees a part of it', async () => {
    await append('s', 0, added(1, 2, 3));
    const { items } = await table.query({ pk: 'STREAM#s', limit: 10, consistent: true });
    expect(items).toMatchObject([{ sk: 'EVENT#0000000001', version: 1, events: added(1, 2, 3) }]);
  });

  it('refuses a stream in which an append began within a commit', async () => {
    await append('s', 0, added(1, 2));
    await append('s', 1, added(9));
    await expect(store.load('s', decider)).rejects.toThrow('the stream lacks an event before version 2');
  });

  it('refuses a stream that lacks an event, such as one that an append left out', async () => {
    await append('s', 0, added(1, 2));
    await append('s', 3, added(9));
    await expect(store.load('s', decider)).rejects.toThrow('the stream lacks an event before version 4');
    await expect(store.history('s')).rejects.toThrow('the stream lacks an event before version 4');
  });

  it('reads the rows of releases that keep one event each and of those that keep a commit, side by side', async () => {
    const row = (version: number, more: JsonObject): Item => {
      const sk = `EVENT#000000000${version}`;
      return { pk: 'STREAM#s', sk, kind: 'event', streamId: 's', version, occurredAt, cause: { ...cause }, ...more };
    };
    const stored = (...amounts: number[]) => amounts.map((amount) => ({ kind: 'added', amount }));
    await table.commit([
      { kind: 'insert', item: row(1, { event: { kind: 'added', amount: 1 } }) },
      { kind: 'insert', item: row(2, { events: stored(2, 3) }) },
      { kind: 'insert', item: row(4, { event: { kind: 'added', amount: 4 } }) },
      { kind: 'insert', item: row(5, { events: stored(5, 6) }) },
    ]);
    expect(await store.load('s', decider)).toMatchObject({ version: 6, state: { total: 21 } });
    expect((await store.history('s'))?.map(({ version, event }) => [version, event.amount])).toEqual(
      [1, 2, 3, 4, 5, 6].map((each) => [each, each]),
    );
    expect(await append('s', 6, added(7))).toEqual({ kind: 'appended', version: 7 });
    expect(await append('s', 4, added(9))).toEqual({ kind: 'conflict' });
    expect((await store.load('s', decider)).version).toBe(7);
  });

  it('commits other writes with the events or not at all, and says which were refused', async () => {
    const note = (sk: string) => ({ kind: 'insert', item: { pk: 'note', sk } }) as const;
    await append('s', 0, added(1), { also: [note('a')] });
    expect(await append('s', 1, added(2), { also: [note('b'), note('a')] })).toEqual({ kind: 'refused', refused: [1] });
    expect((await store.load('s', decider)).version).toBe(1);
    expect(await table.get({ pk: 'note', sk: 'b' }, { consistent: true })).toBeUndefined();
  });

  it('commits other writes alone only while the stream stands where it was read', async () => {
    const also = [{ kind: 'insert', item: { pk: 'note', sk: 'a' } } as const];
    await append('s', 0, added(1, 2));
    expect(await append('s', 0, [], { also })).toEqual({ kind: 'conflict' });
    expect(await append('s', 2, [], { also })).toEqual({ kind: 'appended', version: 2 });
  });

  it('takes concurrent appends: each version once, no gap', async () => {
    const appendAtLast = async (amount: number): Promise<number> => {
      const { version } = await store.load('s', decider);
      const appended = await append('s', version, added(amount));
      return appended.kind === 'appended' ? appended.version : await appendAtLast(amount);
    };
    const versions = await Promise.all(Array.from({ length: WRITERS }, (_, amount) => appendAtLast(amount)));
    expect(versions.toSorted((a, b) => a - b)).toEqual(Array.from({ length: WRITERS }, (_, index) => index + 1));
    const history = (await store.history('s')) ?? [];
    expect(history.map(({ version }) => version)).toEqual(Array.from({ length: WRITERS }, (_, index) => index + 1));
    expect(new Set(history.map(({ event }) => event.amount)).size).toBe(WRITERS);
  });

  it('gives the same state from snapshot and tail as from all events', async () => {
    let streams = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(fc.nat(100), { minLength: 1, maxLength: 6 }), { maxLength: 8 }),
        async (batches) => {
          streams += 1;
          const streamId = `property-${streams}`;
          let { state, version } = await store.load(streamId, decider);
          for (const batch of batches) {
            state = added(...batch).reduce(decider.evolve, state);
            await append(streamId, version, added(...batch), { state });
            version += batch.length;
          }
          const all = batches.flat();
          expect(await store.load(streamId, decider)).toEqual({
            version: all.length,
            state: added(...all).reduce(decider.evolve, decider.initialState),
          });
          expect((await store.history(streamId))?.length ?? 0).toBe(all.length);
        },
      ),
      { numRuns: 25 },
    );
  });

  it('refuses a stream that holds what it cannot read', async () => {
    await append('s', 0, added(1));
    const item = { pk: 'STREAM#s', sk: 'EVENT#0000000002', kind: 'event', streamId: 's', version: 2, occurredAt };
    await table.commit([{ kind: 'insert', item: { ...item, cause, event: { kind: 'added', amount: 'secret' } } }]);
    await expect(store.load('s', decider)).rejects.toThrow(/^the member amount is missing or of another type$/);
    await table.commit([{ kind: 'put', item: { ...item, cause: 'secret', event: { kind: 'added', amount: 1 } } }]);
    await expect(store.load('s', decider)).rejects.toThrow(/^the member cause is missing or of another type$/);
  });

  it('reads the snapshot, and ignores one of another revision', async () => {
    await append('s', 0, added(1, 2, 3, 4), { state: { total: 1000, seen: [] } });
    await append('s', 4, added(5));
    expect((await store.load('s', decider)).state.total).toBe(1005);
    const renewed = createEventStore(table, { ...shapes, revision: '2' }, 4);
    expect((await renewed.load('s', decider)).state.total).toBe(15);
  });
});
