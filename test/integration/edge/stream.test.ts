import { beforeEach, describe, expect, it } from '@jest/globals';
import { projectionHandler } from '../../../functions/edge/messages/stream.ts';
import { createEventStore, type StoredEvent, type StoredShapes } from '../../../functions/kernel/stores/event-store.ts';
import { createMemoryTable } from '../../../functions/kernel/stores/memory-table.ts';
import type { JsonObject } from '../../../functions/kernel/values/json.ts';
import { numberIn } from '../../../functions/kernel/values/members.ts';
import { lambdaContext } from '../../support/lambda-context.ts';
import { createRecordingRuntime } from '../../support/recording-runtime.ts';
import { type StreamChange, streamEvent } from '../../support/stream-event.ts';

type Noted = { readonly kind: 'noted'; readonly n: number };

const shapes: StoredShapes<Noted, { readonly n: number }> = {
  eventOf: (event) => ({ kind: 'noted', n: numberIn(event, 'n') }),
  toStored: (event) => ({ ...event }),
  stateOf: (state) => ({ n: numberIn(state, 'n') }),
  revision: '1',
};

/** What the store really writes, in the order of the table's stream. */
const written = async (streams: Readonly<Record<string, number>>): Promise<StreamChange[]> => {
  const table = createMemoryTable();
  const store = createEventStore(table, shapes, 2);
  const cause = { correlationId: 'c', causationId: 'r' };
  for (const [streamId, events] of Object.entries(streams)) {
    for (let version = 0; version < events; version += 1) {
      const event: Noted = { kind: 'noted', n: version + 1 };
      const occurredAt = '2026-01-01T00:00:00.000Z';
      await store.append({
        streamId,
        expectedVersion: version,
        events: [event],
        occurredAt,
        cause,
        state: { n: version },
      });
    }
  }
  return table.items().map((item) => ({ item }));
};

let seen: string[];
let runtime = createRecordingRuntime();
beforeEach(() => {
  runtime = createRecordingRuntime();
  seen = [];
});

const project = async (
  changes: readonly StreamChange[],
  fail: (stored: StoredEvent<JsonObject>) => boolean = () => false,
) => {
  const handler = projectionHandler(async (stored) => {
    if (fail(stored)) throw new Error('view table is down');
    seen.push(`${stored.streamId}@${stored.version}`);
  }, runtime);
  const { batchItemFailures } = await handler(streamEvent(...changes), lambdaContext());
  return batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
};

describe('a projection', () => {
  it('sees the newest event of each stream in a batch, and no snapshot, outbox row or removal', async () => {
    const changes = await written({ a: 3 });
    const removed = changes.map(({ item }) => ({ item, name: 'REMOVE' as const }));
    expect(await project([...changes, { item: { pk: 'OUTBOX#a', sk: '1', kind: 'outbox' } }, ...removed])).toEqual([]);
    expect(changes).toHaveLength(4);
    expect(seen).toEqual(['a@3']);
    for (const change of changes) await project([change]);
    expect(seen).toEqual(['a@3', 'a@1', 'a@2', 'a@3']);
  });

  it('sees the last of the events that one row holds', async () => {
    const [first] = await written({ a: 1 });
    if (first === undefined) throw new Error('one event was written');
    const pair = { ...first.item, events: [{ n: 1 }, { n: 2 }] };
    expect(await project([{ item: pair }])).toEqual([]);
    expect(seen).toEqual(['a@2']);
  });

  // Smell 4: streams want the sequence number, not an id of ours.
  it('resumes at the sequence number of the oldest event that failed; other streams go on', async () => {
    const changes = await written({ a: 2, b: 2 });
    const failures = await project(changes, ({ streamId }) => streamId === 'a');
    expect(failures).toEqual(['000000000000000000100']);
    expect(seen).toEqual(['b@2']);
  });

  it('resumes at an event that it cannot read; those after it are done', async () => {
    const [first, second, ...others] = await written({ a: 2, b: 1 });
    const unreadable = { item: { ...first?.item, pk: 'STREAM#a', sk: 'EVENT#0000000001', version: 'secret' } };
    expect(await project([unreadable, ...(second ? [second] : []), ...others])).toEqual(['000000000000000000100']);
    expect(seen).toEqual(['a@2', 'b@1']);
  });

  it('counts events that are replaced or removed, names them in the log, and handles none of them', async () => {
    const [first, snapshot] = [
      await written({ a: 1 }),
      { pk: 'STREAM#a', sk: 'EVENT#0000000001#SNAPSHOT', kind: 'snapshot' },
    ];
    const rewrites = (['MODIFY', 'REMOVE'] as const).flatMap((name) => first.map(({ item }) => ({ name, item })));
    expect(await project([...rewrites, { name: 'REMOVE', item: snapshot }])).toEqual([]);
    expect(seen).toEqual([]);
    expect(runtime.measures.flatMap(({ rewritten }) => rewritten ?? [])).toMatchObject([{ value: 2 }]);
    expect(runtime.entries.filter(({ message }) => message === 'event rewritten')).toMatchObject([
      { level: 'error', fields: { change: 'MODIFY', stream: 'STREAM#a', event: 'EVENT#0000000001' } },
      { level: 'error', fields: { change: 'REMOVE' } },
    ]);
  });
});
