import type { Act } from '../../../core/access.ts';
import { AwsError } from '../../../core/aws-call.ts';
import type { Json, JsonObject } from '../../../core/json.ts';
import type { StreamRecord } from '../../../core/ports.ts';
import type { JsonOperation } from '../../../http/json-protocol.ts';
import type { Position } from '../state/stream-log.ts';
import type { StreamTails } from '../state/stream-tail.ts';
import type { Table, TableRegistry } from '../state/table-registry.ts';

/** One shard that never closes: a table here is far from the size where AWS splits. */
const SHARD_ID = 'shardId-00000001767225600000-00000001';

const FIRST_SEQUENCE = `1${'0'.repeat(20)}`;
const MOST_RECORDS = 1000;

const encodeIterator = (streamArn: string, after: string) => Buffer.from(`${after} ${streamArn}`).toString('base64');

const decodeIterator = (iterator: Json | undefined): { streamArn: string; position: Position } => {
  const [after = '', streamArn] = Buffer.from(String(iterator), 'base64').toString().split(' ');
  if (streamArn === undefined) throw new AwsError('ValidationException', 'Invalid ShardIterator');
  return { streamArn, position: after === 'TRIM_HORIZON' ? after : { sequence: after } };
};

const summaryOf = ({ name, stream }: Table) => ({
  StreamArn: stream?.arn ?? '',
  StreamLabel: stream?.label ?? '',
  TableName: name,
});

/** The Streams API gives the records that Lambda gets, without the ARN that Lambda adds. */
const apiRecordOf = ({ record: { eventSourceARN: _, userIdentity, ...record } }: StreamRecord): JsonObject => ({
  ...record,
  ...(userIdentity !== undefined && { userIdentity: { Type: 'Service', PrincipalId: 'dynamodb.amazonaws.com' } }),
});

/** What a call of DynamoDB Streams does, as IAM names it. */
export const streamActs = (operation: string, { StreamArn, ShardIterator }: JsonObject): readonly Act[] => {
  const iterated = ShardIterator === undefined ? undefined : decodeIterator(ShardIterator).streamArn;
  const resource = iterated ?? (typeof StreamArn === 'string' ? StreamArn : '*');
  return [{ action: `dynamodb:${operation}`, resource }];
};

/** `DynamoDBStreams_20120810.*`, answered from the same log that feeds functions. */
export const streamsOperations = (
  tables: TableRegistry,
  tails: StreamTails,
): Readonly<Record<string, JsonOperation>> => ({
  ListStreams: ({ TableName }) => ({
    Streams: tables
      .all()
      .filter(({ name, stream }) => stream && (TableName === undefined || TableName === name))
      .map(summaryOf),
  }),
  DescribeStream: async ({ StreamArn }) => {
    await tails.refresh(String(StreamArn));
    const table = tables.findByStream(String(StreamArn));
    return {
      StreamDescription: {
        ...(table && summaryOf(table)),
        StreamStatus: 'ENABLED',
        StreamViewType: table?.stream.view ?? 'NEW_AND_OLD_IMAGES',
        Shards: [{ ShardId: SHARD_ID, SequenceNumberRange: { StartingSequenceNumber: FIRST_SEQUENCE } }],
      },
    };
  },
  GetShardIterator: async ({ StreamArn, ShardIteratorType, SequenceNumber }) => {
    const streamArn = String(StreamArn);
    const log = await tails.refresh(streamArn);
    const positions: Readonly<Record<string, () => string>> = {
      TRIM_HORIZON: () => 'TRIM_HORIZON',
      LATEST: () => log.newest() ?? 'TRIM_HORIZON',
      AFTER_SEQUENCE_NUMBER: () => String(SequenceNumber),
      AT_SEQUENCE_NUMBER: () => String(BigInt(String(SequenceNumber)) - 1n),
    };
    const position = positions[String(ShardIteratorType)];
    if (!position) throw new AwsError('ValidationException', `ShardIteratorType ${ShardIteratorType} is not one`);
    return { ShardIterator: encodeIterator(streamArn, position()) };
  },
  GetRecords: async ({ ShardIterator, Limit }) => {
    const { streamArn, position } = decodeIterator(ShardIterator);
    await tails.refresh(streamArn);
    const records = await tails.read(streamArn, position, Number(Limit ?? MOST_RECORDS));
    const last = records.at(-1);
    return {
      Records: records.map(apiRecordOf),
      NextShardIterator: last ? encodeIterator(streamArn, last.sequenceNumber) : String(ShardIterator),
    };
  },
});
