import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Aggregate, Effect, Loaded } from '../../functions/kernel/stores/aggregate.ts';
import { handleCommand } from '../../functions/kernel/stores/command-handler.ts';
import { createEventStore } from '../../functions/kernel/stores/event-store.ts';
import { stateOf } from '../../functions/kernel/stores/state-store.ts';
import { streamOf } from '../../functions/kernel/stores/stream.ts';
import type { Table } from '../../functions/kernel/stores/table.ts';
import { Refused } from '../../functions/kernel/values/errors.ts';
import { type Add, type Added, type Count, counter, counterDecider, counterShapes } from '../support/counter.ts';
import { departureOf } from '../support/messages.ts';
import { overtaken } from '../support/overtaken.ts';
import { relayed } from '../support/relayed.ts';
import { type TableProvider, tableProviders } from '../support/tables.ts';

const WRITERS = 32;
const oneTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1);
const note = (sk: string, whenRefused: Effect['whenRefused']): Effect => ({
  write: { kind: 'insert', item: { pk: 'NOTE', sk } },
  whenRefused,
});

const cause = { correlationId: 'c', causationId: 'r' };
const clock = { now: () => Date.parse('2026-01-01T00:00:00.000Z') };

type Open = (table: Table) => Aggregate<Add, Added, Count>;
const kept: readonly (readonly [string, Open])[] = [
  ['a state', (table) => stateOf(table, counter, 'c')],
  [
    'a stream',
    (table) =>
      streamOf({ store: createEventStore(table, counterShapes), decider: counterDecider, streamId: 'c', cause, clock }),
  ],
];

const cases = kept.flatMap(([what, open]) =>
  tableProviders.map(([where, start]) => [`${what} ${where}`, open, start] as const),
);

describe.each(cases)('a command to %s', (_name, open, start) => {
  let provider: TableProvider;
  let table: Table;
  beforeAll(async () => {
    provider = await start();
  });
  beforeEach(async () => {
    table = await provider.open();
  });
  afterAll(() => provider.close());

  const atVersion = (version?: number) => (version === undefined ? {} : { precondition: { oneOf: [version] } });
  const add = (amount: number, version?: number, effects: readonly Effect[] = [], used = table) =>
    handleCommand({ aggregate: open(used), command: () => ({ amount }), ...atVersion(version), also: () => effects });
  const read = () => open(table).load();
  const stale = { refusal: { outcome: 'stale' } };

  /** As a client does that is refused because others were faster. */
  const addAtLast = async (): Promise<number> => {
    for (let tries = 0; tries < WRITERS; tries += 1) {
      const done = await add(1).catch((thrown: unknown) => {
        if (!(thrown instanceof Refused) || thrown.refusal.outcome !== 'contended') throw thrown;
      });
      if (done) return done.version;
    }
    throw new Error('others stayed faster');
  };

  it('loses no update of many parallel writers', async () => {
    const versions = await Promise.all(oneTo(WRITERS).map(addAtLast));
    expect(versions.toSorted((a, b) => a - b)).toEqual(oneTo(WRITERS));
    expect(await read()).toMatchObject({ state: { count: WRITERS }, version: WRITERS });
  });

  it('is decided again while others are faster, and given up as contended after eight attempts', async () => {
    const rival = async () => void (await add(10));
    expect(await add(1, undefined, [], overtaken(table, 7, rival))).toMatchObject({ version: 8, state: { count: 71 } });
    await expect(add(1, undefined, [], overtaken(table, 8, rival))).rejects.toMatchObject({
      refusal: { outcome: 'contended', code: 'contended', retryAfterSeconds: 1 },
    });
    expect(await read()).toMatchObject({ version: 16, state: { count: 151 } });
  });

  it('begins with what is known of it, and loads only when it has moved on', async () => {
    const { state, version } = await add(1);
    let loads = 0;
    const aggregate = open(table);
    const counted = {
      ...aggregate,
      load: () => {
        loads += 1;
        return aggregate.load();
      },
    };
    const addTo = (known: Loaded<Count>) =>
      handleCommand({ aggregate: counted, known, command: () => ({ amount: 1 }) });
    expect(await addTo({ state, version })).toMatchObject({ version: 2, state: { count: 2 } });
    expect(loads).toBe(0);
    expect(await addTo({ state, version })).toMatchObject({ version: 3, state: { count: 3 } });
    expect(loads).toBe(1);
  });

  it('is taken at the version of If-Match only, neither ahead of the state nor behind it', async () => {
    await add(1);
    await add(1);
    await expect(add(1, 3)).rejects.toMatchObject(stale);
    await expect(add(1, 1)).rejects.toMatchObject(stale);
    expect(await add(1, 2)).toMatchObject({ version: 3, state: { count: 3 } });
    await expect(add(1, 2)).rejects.toMatchObject(stale);
  });

  it('lets one of two writers through that read the same version', async () => {
    await add(1);
    const outcomes = await Promise.allSettled([add(1, 1), add(1, 1)]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await read()).toMatchObject({ state: { count: 2 }, version: 2 });
  });

  it('writes nothing when it is refused or changes nothing', async () => {
    await expect(add(-1)).rejects.toMatchObject({ refusal: { code: 'below-zero' } });
    expect(await add(0)).toMatchObject({ version: 0, events: [] });
    expect(await read()).toMatchObject({ version: 0 });
  });

  it('commits effects with the change or not at all, and does as a refused one says', async () => {
    expect(await add(1, undefined, [note('a', 'retry')])).toMatchObject({ version: 1 });
    const taken: Effect['whenRefused'] = { outcome: 'conflict', code: 'taken', detail: 'It is taken.' };
    await expect(add(1, undefined, [note('b', 'retry'), note('a', taken)])).rejects.toMatchObject({ refusal: taken });
    expect(await table.get({ pk: 'NOTE', sk: 'b' }, { consistent: true })).toBeUndefined();
    expect(await read()).toMatchObject({ state: { count: 1 }, version: 1 });
  });

  it('commits the messages of its change, made again for every attempt', async () => {
    const published: unknown[] = [];
    const relay = relayed(table);
    await handleCommand({
      aggregate: open(overtaken(relay, 1, async () => void (await add(10)))),
      command: () => ({ amount: 1 }),
      publish: ({ before, events, version }) => {
        published.push(version);
        return events.map(({ amount }) => departureOf('Added.v1', 'c', version, { amount, before: before.count }));
      },
    });
    expect(relay.sent()).toMatchObject([{ message: { data: { amount: 1, before: 10 }, metadata: { version: 2 } } }]);
    expect(published).toEqual([1, 2]);
  });
});
