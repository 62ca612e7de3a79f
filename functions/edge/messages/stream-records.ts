import type { DynamoDBBatchResponse, DynamoDBRecord } from 'aws-lambda';
import { unmarshalItem } from '../../kernel/stores/attribute-value.ts';
import type { JsonObject } from '../../kernel/values/json.ts';

/** The row that a record says was inserted; undefined for changes, removals (TTL's too) and keys-only records. */
export const insertedRow = ({ eventName, dynamodb }: DynamoDBRecord): JsonObject | undefined =>
  eventName === 'INSERT' && dynamodb?.NewImage ? unmarshalItem(dynamodb.NewImage) : undefined;

/** The row that was there before a record of a change or a removal (TTL's too). */
export const rowBefore = ({ eventName, dynamodb }: DynamoDBRecord): JsonObject | undefined =>
  eventName !== 'INSERT' && dynamodb?.OldImage ? unmarshalItem(dynamodb.OldImage) : undefined;

/** The row that a record says was inserted or replaced. */
export const writtenRow = ({ eventName, dynamodb }: DynamoDBRecord): JsonObject | undefined =>
  eventName !== 'REMOVE' && dynamodb?.NewImage ? unmarshalItem(dynamodb.NewImage) : undefined;

/** Lambda resumes a shard at the lowest sequence number that it is given; a batch is in their order. */
export const resumeAt = (
  records: readonly DynamoDBRecord[],
  unfinished: readonly DynamoDBRecord[],
): DynamoDBBatchResponse => {
  const number = records.find((record) => unfinished.includes(record))?.dynamodb?.SequenceNumber;
  return { batchItemFailures: number === undefined ? [] : [{ itemIdentifier: number }] };
};
