import type { Cause } from '../messages/message.ts';
import { causeIn } from '../messages/read-message.ts';
import { isObject, type JsonObject } from '../values/json.ts';
import { numberIn, objectIn, textIn } from '../values/members.ts';
import type { Loaded } from './aggregate.ts';
import { type Decider, fold } from './decider.ts';
import { messageMembers } from './derived-messages.ts';
import type { Departure } from './outbox.ts';
import type { Scan } from './scan.ts';
import type { Item, Key, Table, Write } from './table.ts';

/** An event in its stream. */
export interface StoredEvent<Event> {
  readonly streamId: string;
  /** 1 for the first. */
  readonly version: number;
  readonly occurredAt: string;
  readonly cause: Cause;
  readonly event: Event;
}

export interface Append<Event, State> {
  readonly streamId: string;
  readonly expectedVersion: number;
  /** None is allowed: then `also` is committed only while the stream is still at the expected version. */
  readonly events: readonly Event[];
  /** RFC 3339. */
  readonly occurredAt: string;
  readonly cause: Cause;
  /** Kept in the row of the events. */
  readonly departures?: readonly Departure[];
  /** Committed with the events, such as an idempotency row. */
  readonly also?: readonly Write[];
  /** The state after the last event; kept when the stream has grown past a multiple of the store's interval. */
  readonly state?: State;
}

export type Appended =
  | { readonly kind: 'appended'; readonly version: number }
  | { readonly kind: 'conflict' }
  /** Positions in `also` whose condition did not hold. */
  | { readonly kind: 'refused'; readonly refused: readonly number[] };

/** How a decider's state follows from its events. */
export type Evolution<Event, State> = Pick<Decider<never, Event, State>, 'initialState' | 'evolve'>;

export interface EventStore<Event, State> {
  load(streamId: string, evolution: Evolution<Event, State>): Promise<Loaded<State>>;
  append(append: Append<Event, State>): Promise<Appended>;
  /** Oldest first; undefined for a stream that is not there. */
  history(streamId: string): Promise<readonly StoredEvent<Event>[] | undefined>;
}

/** How events and states are kept. What reads throws an Error for what it cannot read. */
export interface StoredShapes<Event, State> {
  /** Undefined for an event that the fold leaves out. */
  eventOf(stored: JsonObject): Event | undefined;
  toStored(event: Event): JsonObject;
  stateOf(stored: JsonObject): State;
  /** Follows from the shapes of state and events (`revisionOf`): a snapshot of another revision is ignored. */
  readonly revision: string;
}

/** A snapshot each time the version passes a multiple of this. */
const SNAPSHOT_EVERY = 20;

const DIGITS = 10;
const PAGE = 100;
const EVENT_KIND = 'event';
const SNAPSHOT_KIND = 'snapshot';

const STREAM = 'STREAM#';

const streamKey = (streamId: string): string => `${STREAM}${streamId}`;
const eventSortKey = (version: number): string => `EVENT#${String(version).padStart(DIGITS, '0')}`;

/** Every stream of a table, page by page, found by its first event: in the table itself, so that none can be missed. */
export const streamsIn = async (
  table: Scan,
  start?: JsonObject,
): Promise<{ readonly streamIds: readonly string[]; readonly next?: JsonObject }> => {
  const { keys, ...page } = await table.page(start, eventSortKey(1));
  return {
    ...page,
    streamIds: keys.filter(({ pk }) => pk.startsWith(STREAM)).map(({ pk }) => pk.slice(STREAM.length)),
  };
};

/** Where one event of a stream lies. */
export const eventKey = (streamId: string, version: number): Key => ({
  pk: streamKey(streamId),
  sk: eventSortKey(version),
});

/** Sorts right after the event it holds the state of, so that one query from the end finds tail and snapshot. */
const snapshotSortKey = (version: number): string => `${eventSortKey(version)}#SNAPSHOT`;

export const isEventRow = (item: JsonObject): boolean => item.kind === EVENT_KIND;

/**
 * The stored events in an item, such as a record of the table's stream, oldest first; none for any other kind of row. A row
 * of earlier releases holds one `event`, a row of later ones all `events` of a commit, of which `version` is the first's.
 * Throws an Error for events that were not stored like this.
 */
export const readStoredEvents = (item: JsonObject): readonly StoredEvent<JsonObject>[] => {
  if (!isEventRow(item)) return [];
  const common = {
    streamId: textIn(item, 'streamId'),
    occurredAt: textIn(item, 'occurredAt'),
    cause: causeIn(objectIn(item, 'cause')),
  };
  const first = numberIn(item, 'version');
  const events = Array.isArray(item.events) ? item.events.filter(isObject) : [objectIn(item, 'event')];
  return events.map((event, index) => ({ ...common, version: first + index, event }));
};

const toJson = (value: unknown): JsonObject => JSON.parse(JSON.stringify(value));

/** All events of a commit in one row: its key holds the version of the first, and so has the next one after the last. */
const eventsRow = (
  { streamId, expectedVersion, occurredAt, cause, departures = [] }: Append<unknown, unknown>,
  events: readonly JsonObject[],
): Item => {
  const version = expectedVersion + 1;
  return {
    ...messageMembers(departures, { events, first: version }),
    pk: streamKey(streamId),
    sk: eventSortKey(version),
    kind: EVENT_KIND,
    streamId,
    version,
    occurredAt,
    cause: { ...cause },
    events,
  };
};

/**
 * The stream must still end where the caller read it. No append leaves out a number, so the insertion of the next event
 * says so alone.
 */
const ownWrite = <Event, State>(append: Append<Event, State>, { toStored }: StoredShapes<Event, State>): Write => {
  const { streamId, expectedVersion, events, departures = [] } = append;
  if (events.length > 0) return { kind: 'insert', item: eventsRow(append, events.map(toStored)) };
  if (departures.length > 0) throw new Error('messages leave a stream with an event only');
  return { kind: 'absent', key: { pk: streamKey(streamId), sk: eventSortKey(expectedVersion + 1) } };
};

/** The events of rows, newest row first, that follow version `after`. Throws an Error when one is missing. */
const inOrder = (items: readonly Item[], after: number): StoredEvent<JsonObject>[] => {
  const stored = [...items].reverse().flatMap(readStoredEvents);
  for (const [index, { version }] of stored.entries())
    if (version !== after + index + 1) throw new Error(`the stream lacks an event before version ${version}`);
  return stored;
};

/**
 * Streams in an append-only table: it inserts, never updates or deletes, so that the role needs no more.
 * Reads are consistent.
 */
export const createEventStore = <Event extends object, State>(
  table: Table,
  shapes: StoredShapes<Event, State>,
  every: number = SNAPSHOT_EVERY,
): EventStore<Event, State> => {
  const { eventOf, stateOf, revision } = shapes;
  const isSnapshot = (item: Item): boolean => item.kind === SNAPSHOT_KIND && item.revision === revision;

  /** Newest first, down to the newest snapshot or to the first event. */
  const tail = async (streamId: string, toSnapshot: boolean): Promise<{ items: Item[]; snapshot?: Item }> => {
    const items: Item[] = [];
    const query = { pk: streamKey(streamId), skPrefix: 'EVENT#', newestFirst: true, consistent: true };
    let start: JsonObject | undefined;
    do {
      const page = await table.query({ ...query, limit: toSnapshot ? every + 1 : PAGE, ...(start && { start }) });
      const at = toSnapshot ? page.items.findIndex(isSnapshot) : -1;
      const snapshot = page.items[at];
      if (snapshot) return { items: [...items, ...page.items.slice(0, at)], snapshot };
      items.push(...page.items);
      start = page.next;
    } while (start);
    return { items };
  };

  const known = (stored: readonly StoredEvent<JsonObject>[]): StoredEvent<Event>[] =>
    stored.flatMap((each) => {
      const event = eventOf(each.event);
      return event === undefined ? [] : [{ ...each, event }];
    });

  /** After the commit, and at best: without it a load reads more rows, no more. */
  const keepSnapshot = async ({ streamId, expectedVersion, events, state }: Append<Event, State>): Promise<void> => {
    const version = expectedVersion + events.length;
    const isDue = Math.floor(version / every) > Math.floor(expectedVersion / every);
    if (state === undefined || !isDue) return;
    const key = { pk: streamKey(streamId), sk: snapshotSortKey(version) };
    const item = { ...key, kind: SNAPSHOT_KIND, revision, version, state: toJson(state) };
    await table.commit([{ kind: 'insert', item }]).catch(() => undefined);
  };

  return {
    load: async (streamId, evolution) => {
      const { items, snapshot } = await tail(streamId, true);
      const after = Number(snapshot?.version ?? 0);
      const stored = inOrder(items, after);
      const events = known(stored).map(({ event }) => event);
      const from = snapshot ? stateOf(objectIn(snapshot, 'state')) : evolution.initialState;
      const version = after + stored.length;
      return { version, state: fold(evolution, events, from) };
    },
    append: async (append) => {
      const { expectedVersion, events, also = [] } = append;
      const result = await table.commit([ownWrite(append, shapes), ...also]);
      if (result.kind === 'committed') {
        await keepSnapshot(append);
        return { kind: 'appended', version: expectedVersion + events.length };
      }
      const refused = result.refused.filter((position) => position > 0).map((position) => position - 1);
      return refused.length > 0 ? { kind: 'refused', refused } : { kind: 'conflict' };
    },
    history: async (streamId) => {
      const { items } = await tail(streamId, false);
      return items.length === 0 ? undefined : known(inOrder(items, 0));
    },
  };
};
