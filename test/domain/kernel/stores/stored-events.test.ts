import { describe, expect, it } from '@jest/globals';
import { createEventStore } from '../../../../functions/kernel/stores/event-store.ts';
import { createMemoryTable } from '../../../../functions/kernel/stores/memory-table.ts';
import { type StoredKinds, storedEvents } from '../../../../functions/kernel/stores/stored-events.ts';
import type { JsonObject } from '../../../../functions/kernel/values/json.ts';
import { list, number, object, oneOf, text } from '../../../../functions/kernel/values/shape.ts';

type Noted = { readonly type: 'Noted'; readonly words: readonly string[] };
type Counted = { readonly type: 'Counted'; readonly n: number };
type Said = { readonly type: 'Said' };
type Event = Noted | Counted | Said;

const kinds: StoredKinds<Event> = {
  /** Version 1 had one word, version 2 a sentence. */
  Noted: {
    shape: object({ type: oneOf('Noted'), words: list(text) }),
    upcasters: [
      ({ word, ...rest }) => ({ ...rest, sentence: word ?? '' }),
      ({ sentence, ...rest }) => ({ ...rest, words: String(sentence).split(' ') }),
    ],
    writes: 2,
    write: ({ words }) => ({ type: 'Noted', sentence: words.join(' ') }),
  },
  Counted: { shape: object({ type: oneOf('Counted'), n: number }), upcasters: [], writes: 1, ignorable: true },
  Said: { shape: object({ type: oneOf('Said') }), upcasters: [], writes: 0 },
};

const events = storedEvents<Event>('note', kinds);

describe('events as they are stored', () => {
  it.each<[string, JsonObject, Event]>([
    ['has no version, so it is version 1', { type: 'Noted', word: 'a' }, { type: 'Noted', words: ['a'] }],
    ['is of version 1', { schema: 'Noted.v1', type: 'Noted', word: 'a' }, { type: 'Noted', words: ['a'] }],
    ['is of version 2', { schema: 'Noted.v2', type: 'Noted', sentence: 'a b' }, { type: 'Noted', words: ['a', 'b'] }],
    ['is of version 3', { schema: 'Noted.v3', type: 'Noted', words: ['a'] }, { type: 'Noted', words: ['a'] }],
  ])('are read as the current version when one %s', (_which, stored, event) => {
    expect(events.eventOf(stored)).toEqual(event);
  });

  it('are read without members that the shape does not name', () => {
    expect(events.eventOf({ schema: 'Counted.v1', type: 'Counted', n: 1, later: true })).toEqual({
      type: 'Counted',
      n: 1,
    });
  });

  it('are written in the version that the release before reads', () => {
    const stored = events.toStored({ type: 'Noted', words: ['a', 'b'] });
    expect(stored).toEqual({ schema: 'Noted.v2', type: 'Noted', sentence: 'a b' });
    expect(events.eventOf(stored)).toEqual({ type: 'Noted', words: ['a', 'b'] });
    expect(() => events.toStored({ type: 'Said' })).toThrow('an event Said is not stored by this release');
  });

  it.each<[string, JsonObject]>([
    ['type', { schema: 'Whispered.v1', type: 'Whispered', token: 'tok_secret' }],
    ['type without a version', { type: 'toString', token: 'tok_secret' }],
    ['version', { schema: 'Noted.v4', type: 'Noted', token: 'tok_secret' }],
  ])('of a newer %s are refused as unavailable, by name and without content', (_what, stored) => {
    const read = () => events.eventOf(stored);
    expect(read).toThrow(
      expect.objectContaining({ refusal: expect.objectContaining({ outcome: 'unavailable', retryAfterSeconds: 5 }) }),
    );
    expect(read).toThrow(
      expect.objectContaining({
        cause: new Error(`unknown stored event ${String(stored.schema ?? `${String(stored.type)}.v1`)}`),
      }),
    );
  });

  it('that say so are left out when they are unknown', () => {
    expect(events.toStored({ type: 'Counted', n: 1 })).toEqual({
      schema: 'Counted.v1',
      ignorable: true,
      type: 'Counted',
      n: 1,
    });
    expect(events.eventOf({ schema: 'Whispered.v1', type: 'Whispered', ignorable: true })).toBeUndefined();
  });

  it.each([
    { schema: 'Noted', type: 'Noted' },
    { schema: 'Noted.v0', type: 'Noted' },
    { schema: 7, type: 'Noted' },
    { word: 'a' },
    { schema: 'Counted.v1', type: 'Counted', n: 'tok_secret' },
  ])('that no release can have written are an error without content: %j', (stored) => {
    expect(() => events.eventOf(stored)).toThrow(/^the member \w+ (is missing or of another type|names no version)$/);
  });
});

describe('a stream with an event that is left out', () => {
  it('keeps its version, so that the next append comes after it', async () => {
    const table = createMemoryTable();
    const shapes = { ...events, stateOf: () => [], revision: '1' };
    const evolution = { initialState: [], evolve: (seen: readonly Event[], event: Event) => [...seen, event] };
    const store = createEventStore<Event, readonly Event[]>(table, shapes);
    const append = {
      streamId: 's',
      occurredAt: '2026-01-01T00:00:00.000Z',
      cause: { correlationId: 'c', causationId: 'r' },
    };
    await store.append({ ...append, expectedVersion: 0, events: [{ type: 'Counted', n: 1 }] });
    const event = { schema: 'Whispered.v1', type: 'Whispered', ignorable: true };
    const later = { pk: 'STREAM#s', sk: 'EVENT#0000000002', kind: 'event', ...append, version: 2, event };
    await table.commit([{ kind: 'insert', item: later }]);
    expect(await store.load('s', evolution)).toEqual({ version: 2, state: [{ type: 'Counted', n: 1 }] });
    expect(await store.append({ ...append, expectedVersion: 2, events: [{ type: 'Counted', n: 3 }] })).toEqual({
      kind: 'appended',
      version: 3,
    });
    expect((await store.history('s'))?.map(({ version }) => version)).toEqual([1, 3]);
  });
});
