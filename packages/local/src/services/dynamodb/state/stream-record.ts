import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { isObject, type JsonObject } from '../../../core/json.ts';
import type { StreamRecord } from '../../../core/ports.ts';
import type { StreamView, TableStream } from './table-registry.ts';

/** AWS's sequence numbers have 21 digits or more; the engine counts from 1. Padded, they also compare as text. */
const SEQUENCE_DIGITS = 21;

/** Set on records of deletions that time to live made (Lambda's and the Streams API's spelling differ). */
export interface UserIdentity {
  readonly type: string;
  readonly principalId: string;
}

export const TIME_TO_LIVE: UserIdentity = { type: 'Service', principalId: 'dynamodb.amazonaws.com' };

const sequenceNumberOf = (engineSequence: string): string =>
  engineSequence.length >= SEQUENCE_DIGITS ? engineSequence : `1${engineSequence.padStart(SEQUENCE_DIGITS - 1, '0')}`;

/** The engine's own number of a record. */
export const engineSequenceOf = (sequenceNumber: string): string =>
  sequenceNumber.length > SEQUENCE_DIGITS ? sequenceNumber : String(BigInt(sequenceNumber.slice(1)));

const keeps = (view: StreamView, image: 'NewImage' | 'OldImage'): boolean =>
  view === 'NEW_AND_OLD_IMAGES' || view === (image === 'NewImage' ? 'NEW_IMAGE' : 'OLD_IMAGE');

/** AWS writes no record for a write that leaves the item as it was. */
export const changesNothing = (engineRecord: JsonObject): boolean => {
  const change = engineRecord.dynamodb;
  return engineRecord.eventName === 'MODIFY' && isObject(change) && isDeepStrictEqual(change.NewImage, change.OldImage);
};

export interface RecordContext {
  readonly stream: TableStream;
  readonly region: string;
  readonly createdAtMs: number;
  readonly userIdentity: UserIdentity | undefined;
}

/** An engine's record as a Lambda event carries it, seen through the stream's view type. */
export const streamRecordOf = (
  engineRecord: JsonObject,
  { stream, region, createdAtMs, userIdentity }: RecordContext,
): StreamRecord => {
  const { NewImage, OldImage, Keys, SizeBytes, SequenceNumber } = isObject(engineRecord.dynamodb)
    ? engineRecord.dynamodb
    : {};
  const sequenceNumber = sequenceNumberOf(String(SequenceNumber));
  const record = {
    eventID: createHash('md5').update(`${stream.arn} ${sequenceNumber}`).digest('hex'),
    eventName: engineRecord.eventName ?? 'MODIFY',
    eventVersion: '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: region,
    dynamodb: {
      ApproximateCreationDateTime: Math.floor(createdAtMs / 1000),
      Keys: Keys ?? {},
      ...(NewImage !== undefined && keeps(stream.view, 'NewImage') && { NewImage }),
      ...(OldImage !== undefined && keeps(stream.view, 'OldImage') && { OldImage }),
      SequenceNumber: sequenceNumber,
      SizeBytes: SizeBytes ?? 0,
      StreamViewType: stream.view,
    },
    eventSourceARN: stream.arn,
    ...(userIdentity && { userIdentity: { ...userIdentity } }),
  };
  return { sequenceNumber, approximateCreationMs: createdAtMs, record };
};
