import { isObject, type JsonObject } from '../values/json.ts';
import { numberIn, textIn } from '../values/members.ts';
import type { Cause, Message } from './message.ts';

/** The cause among stored members; those that only a newer writer knows stay beside it. */
export const causeIn = (values: JsonObject): Cause => {
  const { traceparent, ...others } = values;
  return {
    ...others,
    correlationId: textIn(values, 'correlationId'),
    causationId: textIn(values, 'causationId'),
    ...(typeof traceparent === 'string' && { traceparent }),
  };
};

/** The envelope of a message, whatever its data. Throws an Error naming what is missing, never showing the content. */
export const readMessage = (value: unknown): Message => {
  if (!isObject(value) || typeof value.type !== 'string') throw new Error('a message has no type');
  const { type, metadata, data } = value;
  if (!isObject(metadata) || !isObject(data)) throw new Error(`a ${type.slice(0, 100)} lacks metadata or data`);
  const version = numberIn(metadata, 'version');
  const about = { id: textIn(metadata, 'id'), occurredAt: textIn(metadata, 'occurredAt') };
  return {
    type,
    metadata: { ...causeIn(metadata), ...about, aggregate: textIn(metadata, 'aggregate'), version },
    data,
  };
};
