import { isObject } from '../values/json.ts';
import type { Message } from './message.ts';

/** The envelope of a message, whatever its data. Throws an Error naming what is missing, never showing the content. */
export const readMessage = (value: unknown): Message => {
  if (!isObject(value) || typeof value.type !== 'string') throw new Error('a message has no type');
  const { type, metadata, data } = value;
  if (!isObject(metadata) || !isObject(data)) throw new Error(`a ${type.slice(0, 100)} lacks metadata or data`);
  for (const name of ['id', 'occurredAt', 'correlationId', 'causationId', 'aggregate']) {
    if (typeof metadata[name] !== 'string') throw new Error(`the metadata of a message lacks ${name}`);
  }
  if (typeof metadata.version !== 'number') throw new Error('the metadata of a message lacks version');
  const known: unknown = { type, metadata, data };
  return known as Message;
};
