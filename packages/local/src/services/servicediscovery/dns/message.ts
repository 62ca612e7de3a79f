/** The part of DNS (RFC 1035, RFC 2782) that private names need: one question, answered with addresses or services. */
export const TYPE = { A: 1, SRV: 33 } as const;
export const RCODE = { NOERROR: 0, NXDOMAIN: 3, REFUSED: 5 } as const;

const IN = 1;
const HEADER_BYTES = 12;
/** The name of the question, at its place in the message. */
const POINTER_TO_QUESTION = 0xc000 | HEADER_BYTES;

export interface Question {
  readonly id: number;
  /** Lower case, without the last dot. */
  readonly name: string;
  readonly type: number;
  /** As it was sent. */
  readonly bytes: Buffer;
}

export type DnsRecord =
  | { readonly type: typeof TYPE.A; readonly address: string }
  | { readonly type: typeof TYPE.SRV; readonly target: string; readonly port: number };

export interface Answer {
  readonly rcode: number;
  readonly ttlSeconds: number;
  readonly records: readonly DnsRecord[];
}

/** Undefined for what is no plain question of one name. */
export const readQuestion = (message: Buffer): Question | undefined => {
  if (message.length < HEADER_BYTES || message.readUInt16BE(4) !== 1 || message.readUInt8(2) & 0xf8) return undefined;
  const labels: string[] = [];
  let at = HEADER_BYTES;
  for (let length = message[at]; length !== 0; length = message[at]) {
    if (length === undefined || length > 63 || at + length >= message.length) return undefined;
    labels.push(message.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  const end = at + 5;
  if (end > message.length || message.readUInt16BE(at + 3) !== IN) return undefined;
  const name = labels.join('.').toLowerCase();
  return {
    id: message.readUInt16BE(0),
    name,
    type: message.readUInt16BE(at + 1),
    bytes: message.subarray(HEADER_BYTES, end),
  };
};

const nameBytes = (name: string): Buffer =>
  Buffer.concat([
    ...name.split('.').map((label) => Buffer.from([label.length, ...Buffer.from(label, 'latin1')])),
    Buffer.from([0]),
  ]);

const numbers = (...values: readonly number[]): Buffer => {
  const bytes = Buffer.alloc(values.length * 2);
  for (const [index, value] of values.entries()) bytes.writeUInt16BE(value, index * 2);
  return bytes;
};

/** Priority and weight are those of Cloud Map. */
const dataOf = (record: DnsRecord): Buffer =>
  record.type === TYPE.A
    ? Buffer.from(record.address.split('.').map(Number))
    : Buffer.concat([numbers(1, 1, record.port), nameBytes(record.target)]);

const recordBytes = (record: DnsRecord, ttlSeconds: number): Buffer => {
  const data = dataOf(record);
  return Buffer.concat([
    numbers(POINTER_TO_QUESTION, record.type, IN, ttlSeconds >>> 16, ttlSeconds & 0xffff, data.length),
    data,
  ]);
};

/** An answer with authority: the resolver knows its names, and asks nobody else. */
const FLAGS = 0x8580;

export const writeAnswer = ({ id, bytes }: Question, { rcode, ttlSeconds, records }: Answer): Buffer =>
  Buffer.concat([
    numbers(id, FLAGS | rcode, 1, records.length, 0, 0),
    bytes,
    ...records.map((record) => recordBytes(record, ttlSeconds)),
  ]);
