import { createHash } from 'node:crypto';
import { isObject, type JsonObject } from '../../../core/json.ts';

/** A message as its sender gave it. */
export interface Message {
  readonly messageId: string;
  readonly body: string;
  /** `{name: {DataType, StringValue | BinaryValue (base64)}}` */
  readonly attributes: JsonObject;
  readonly senderId: string;
  readonly sentAtMs: number;
  readonly traceHeader?: string;
  /** The queue that gave it up, once it is a dead letter. */
  readonly deadLetterSourceArn?: string;
}

const md5 = (bytes: string | Buffer) => createHash('md5').update(bytes).digest('hex');

const withLength = (bytes: Buffer): Buffer => {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
};

const STRING_VALUE = Buffer.from([1]);
const BINARY_VALUE = Buffer.from([2]);

export const md5OfBody = (body: string): string => md5(body);

/**
 * SDK clients check it. Format: AWS's developer guide, "Calculating the MD5 message digest for message attributes".
 * Undefined when there is none.
 */
export const md5OfAttributes = (attributes: JsonObject): string | undefined => {
  const names = Object.keys(attributes).sort();
  if (names.length === 0) return undefined;
  const parts = names.flatMap((name) => {
    const attribute = attributes[name];
    if (!isObject(attribute)) return [];
    const binary = String(attribute.DataType).startsWith('Binary');
    const value = binary
      ? Buffer.from(String(attribute.BinaryValue), 'base64')
      : Buffer.from(String(attribute.StringValue));
    const described = [withLength(Buffer.from(name)), withLength(Buffer.from(String(attribute.DataType)))];
    return [...described, binary ? BINARY_VALUE : STRING_VALUE, withLength(value)];
  });
  return md5(Buffer.concat(parts));
};

/** What counts towards the size limit: the body, and name, type and value of each attribute. */
export const sizeOf = ({ body, attributes }: Pick<Message, 'body' | 'attributes'>): number => {
  let bytes = Buffer.byteLength(body);
  for (const [name, attribute] of Object.entries(attributes)) {
    if (!isObject(attribute)) continue;
    const { DataType, StringValue, BinaryValue } = attribute;
    bytes += Buffer.byteLength(`${name}${DataType}${StringValue ?? ''}`);
    bytes += typeof BinaryValue === 'string' ? Buffer.byteLength(BinaryValue, 'base64') : 0;
  }
  return bytes;
};
