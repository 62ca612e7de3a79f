import type { MessageContract } from '../messages/contract.ts';
import type { Cause } from '../messages/message.ts';
import { causeIn } from '../messages/read-message.ts';
import type { RecordingTools } from '../messages/recording.ts';
import { isoTime } from '../ports/clock.ts';
import { isList, isObject, type JsonObject } from '../values/json.ts';
import { numberIn, objectIn, textIn } from '../values/members.ts';
import type { Departure, Destination, OutboxMessage } from './outbox.ts';

/** Marks a row whose own members say what leaves because of it; filters of streams select by it. */
export const DERIVED = 'derived';

/** 128 bits. */
const ID_DIGITS = 32;

/** The members that an event has as well are kept by name: a row of up to 1 KB is written at half the price of a larger one. */
const shortened = (data: JsonObject, event: JsonObject = {}): JsonObject => {
  const isSame = (name: string) =>
    event[name] !== undefined && JSON.stringify(event[name]) === JSON.stringify(data[name]);
  const names = Object.keys(data);
  const same = names.filter(isSame);
  const own = names.filter((name) => !isSame(name));
  return {
    ...(same.length > 0 && { same }),
    ...(own.length > 0 && { data: Object.fromEntries(own.map((name) => [name, data[name] ?? null])) }),
  };
};

const restored = ({ same, data }: JsonObject, event: JsonObject = {}): JsonObject => ({
  ...(isList(same) && Object.fromEntries(same.map((name) => [String(name), event[String(name)] ?? null]))),
  ...(isObject(data) && data),
});

const membersOf = (row: JsonObject, names: unknown): JsonObject =>
  Object.fromEntries(isList(names) ? names.map((name) => [String(name), row[String(name)] ?? null]) : []);

const destinationMembers = (destination: Destination): JsonObject =>
  destination.kind === 'bus'
    ? {}
    : {
        queue: destination.queue,
        ...(destination.delaySeconds !== undefined && { delaySeconds: destination.delaySeconds }),
      };

const destinationIn = ({ queue, delaySeconds }: JsonObject): Destination =>
  typeof queue === 'string'
    ? { kind: 'queue', queue, ...(typeof delaySeconds === 'number' && { delaySeconds }) }
    : { kind: 'bus' };

/**
 * What a row keeps of the messages that leave because of it: all of one aggregate, one cause and one time. A row of events
 * says of each message by `at` of which event it is; `first` is the version of the first one.
 */
export const messageMembers = (
  departures: readonly Departure[],
  { events, first }: { readonly events: readonly JsonObject[]; readonly first: number } = { events: [], first: 0 },
): JsonObject => {
  const [some] = departures;
  if (some === undefined) return {};
  const { aggregate, version: _, occurredAt, ...cause } = some.message.metadata;
  const messages = departures.map(({ destination, message: { type, data, metadata } }) => {
    const at = events.length > 0 ? metadata.version - first : 0;
    return { type, ...(at > 0 && { at }), ...destinationMembers(destination), ...shortened(data, events[at]) };
  });
  return { outbox: DERIVED, aggregate, occurredAt, cause: { ...cause }, messages };
};

/**
 * What a write sets in a row that is changed by additions, so that the row itself is an event: its data are members of the
 * row as they are afterwards, which the writer cannot know. One of them must be its `version`, which each write raises.
 */
export const announcement = <Data>(
  contract: MessageContract<string, Data>,
  { aggregate, members }: { readonly aggregate: string; readonly members: readonly (keyof NoInfer<Data> & string)[] },
  cause: Cause,
  { clock }: RecordingTools,
): JsonObject => ({
  outbox: DERIVED,
  aggregate,
  occurredAt: isoTime(clock.now()),
  cause: { ...cause },
  announces: [{ type: contract.type, members }],
});

export const hasDerivedMessages = (row: JsonObject): boolean => row.outbox === DERIVED;

/**
 * The messages of a row, as often as it is asked with the same ids: they follow from the table, the row's key and version,
 * and the message's place in it. No row starts again at version 1, for none is ever removed. Throws an Error for a row that
 * `messageMembers` did not write.
 */
export const derivedMessages = (
  row: JsonObject,
  tableName: string,
  hash: (text: string) => string,
): readonly OutboxMessage[] => {
  const version = numberIn(row, 'version');
  const common = {
    ...causeIn(objectIn(row, 'cause')),
    occurredAt: textIn(row, 'occurredAt'),
    aggregate: textIn(row, 'aggregate'),
  };
  const name = [tableName, textIn(row, 'pk'), textIn(row, 'sk'), version];
  const objects = (list: unknown): readonly JsonObject[] => (Array.isArray(list) ? list.filter(isObject) : []);
  const events = objects(row.events);
  const messages = objects(row.messages).map((kept) => {
    const at = typeof kept.at === 'number' ? kept.at : 0;
    return { kept, at, data: restored(kept, events[at]) };
  });
  // A member of its own: a relay of before passes it by, where it would send one of `messages` without data.
  const announced = objects(row.announces).map((kept) => ({ kept, at: 0, data: membersOf(row, kept.members) }));
  return [...messages, ...announced].map(({ kept, at, data }, position) => {
    const id = hash(JSON.stringify([...name, position])).slice(0, ID_DIGITS);
    const metadata = { ...common, id, version: version + at };
    return { destination: destinationIn(kept), message: { type: textIn(kept, 'type'), metadata, data } };
  });
};
