import type { AwsResponse } from '../../../core/aws-call.ts';
import { openGate } from '../../../core/gate.ts';
import { isList, isObject, type Json, type JsonObject } from '../../../core/json.ts';
import type { World } from '../../../core/world.ts';
import type { EngineClient } from './engine-client.ts';

const sortedObject = (value: JsonObject): JsonObject =>
  Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((name) => [name, sorted(value[name] ?? null)]),
  );

const sorted = (value: Json): Json => {
  if (isList(value)) return value.map(sorted);
  return isObject(value) ? sortedObject(value) : value;
};

/** The request's id and the checksum of a body that is in no order of its own. */
const answerOf = ({ status, headers, body }: AwsResponse): AwsResponse => {
  const { 'x-amzn-requestid': _id, 'x-amz-crc32': _checksum, ...kept } = headers;
  return { status, headers: kept, body: JSON.stringify(sorted(JSON.parse(body.toString()))) };
};

/**
 * The engine as a simulation needs it: each answer is waited for, and the same question has the same answer, byte by byte.
 * Its attributes come in another order each time. Elsewhere it stays as it is.
 */
export const repeatable = ({ gate }: World, client: EngineClient): EngineClient =>
  gate === openGate
    ? client
    : {
        ...client,
        forward: async (target, body) => answerOf(await gate.outside(() => client.forward(target, body))),
        call: async (operation, input) => sortedObject(await gate.outside(() => client.call(operation, input))),
        callStreams: async (operation, input) =>
          sortedObject(await gate.outside(() => client.callStreams(operation, input))),
      };
