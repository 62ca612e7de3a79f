import { causeIn } from '../messages/read-message.ts';
import { isList, isObject, type JsonObject } from '../values/json.ts';
import { numberIn, objectIn, textIn } from '../values/members.ts';
import type { Destination, OutboxMessage } from './outbox.ts';

/** Marks a row whose own members say what leaves because of it; filters of streams select by it. */
export const DERIVED = 'derived';

/** 128 bits. */
const ID_DIGITS = 32;

const restored = ({ same, data }: JsonObject, event: JsonObject = {}): JsonObject => ({
  ...(isList(same) && Object.fromEntries(same.map((name) => [String(name), event[String(name)] ?? null]))),
  ...(isObject(data) && data),
});

const destinationIn = ({ queue, delaySeconds }: JsonObject): Destination =>
  typeof queue === 'string'
    ? { kind: 'queue', queue, ...(typeof delaySeconds === 'number' && { delaySeconds }) }
    : { kind: 'bus' };

export const hasDerivedMessages = (row: JsonObject): boolean => row.outbox === DERIVED;

/**
 * The messages of a row, as often as it is asked with the same ids: they follow from the table, the row's key and version,
 * and the message's place in it. No row starts again at version 1, for none is ever removed. Throws an Error for a row that
 * is written in another way.
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
  return objects(row.messages).map((kept, position) => {
    const at = typeof kept.at === 'number' ? kept.at : 0;
    const id = hash(JSON.stringify([...name, position])).slice(0, ID_DIGITS);
    return {
      destination: destinationIn(kept),
      message: {
        type: textIn(kept, 'type'),
        metadata: { ...common, id, version: version + at },
        data: restored(kept, events[at]),
      },
    };
  });
};
