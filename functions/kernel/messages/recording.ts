import { type Clock, isoTime } from '../ports/clock.ts';
import { isObject } from '../values/json.ts';
import { utf8Length } from '../values/utf8-length.ts';
import type { MessageContract } from './contract.ts';
import type { Cause, Departing } from './message.ts';

/** Our own budget for `{metadata, data}`, far below EventBridge's 1 MB: a message is no document. */
export const MAX_DETAIL_BYTES = 64 * 1024;

/** As long as the id that the message will have. */
const ID_ROOM = '0'.repeat(32);

export interface Recorded<Data> {
  /** `order/01J…` */
  readonly aggregate: string;
  /** The aggregate's version after it. */
  readonly version: number;
  readonly data: Data;
}

/** Where the time of new messages comes from. */
export interface RecordingTools {
  readonly clock: Clock;
}

/**
 * A message of that contract, with the time of now. Throws an Error (a defect: it is our own message) when the
 * data is not as the contract says or the detail is larger than 64 KB.
 */
export const record = <Type extends string, Data>(
  contract: MessageContract<Type, Data>,
  { aggregate, version, data }: Recorded<NoInfer<Data>>,
  cause: Cause,
  { clock }: RecordingTools,
): Departing<Type> => {
  const parsed = contract.data.safeParse(data);
  if (!parsed.success) {
    const where = parsed.error.issues.map(({ path, message }) => `/${path.map(String).join('/')}: ${message}`);
    throw new Error(`${contract.type} breaks its contract at ${where.join('; ')}`);
  }
  const payload: unknown = JSON.parse(JSON.stringify(parsed.data));
  if (!isObject(payload)) throw new Error(`the data of ${contract.type} is no object`);
  const metadata = { occurredAt: isoTime(clock.now()), ...cause, aggregate, version };
  const bytes = utf8Length(JSON.stringify({ metadata: { id: ID_ROOM, ...metadata }, data: payload }));
  if (bytes > MAX_DETAIL_BYTES) throw new Error(`${contract.type} takes ${bytes} bytes, more than ${MAX_DETAIL_BYTES}`);
  return { type: contract.type, metadata, data: payload };
};
