import { randomBytes } from 'node:crypto';
import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  DynamoDBServiceException,
  PutItemCommand,
  TransactionConflictException,
} from '@aws-sdk/client-dynamodb';
import type { CommitResult, Write } from '../../kernel/stores/table.ts';
import { unavailable } from './aws-failure.ts';
import { transactItem } from './table-writes.ts';

/** The attribute by which a write knows its own row again; readers of the port never see it. */
export const COMMIT_ID = 'commitId';

const COMMIT_ID_BYTES = 12;

export type Conflict = { readonly kind: 'transient'; readonly conflict: true };

/** An addition is none of them: the SDK's repetition after a lost reply would add twice. */
const isPlain = ({ kind }: Write): boolean => kind === 'insert' || kind === 'put' || kind === 'delete';

/** The write of a commit that needs no transaction. */
export const plainWriteOf = ([write, ...others]: readonly Write[]): Write | undefined =>
  write !== undefined && others.length === 0 && isPlain(write) ? write : undefined;

const send = async (client: DynamoDBClient, tableName: string, write: Write, commitId: string): Promise<void> => {
  const { Put, Delete } = transactItem(tableName, write);
  const old = { ReturnValuesOnConditionCheckFailure: 'ALL_OLD' } as const;
  if (Put)
    await client.send(new PutItemCommand({ ...Put, Item: { ...Put.Item, [COMMIT_ID]: { S: commitId } }, ...old }));
  else if (Delete) await client.send(new DeleteItemCommand({ ...Delete, ...old }));
};

/** The SDK counts the times that it sent a request. */
const wasRepeated = (thrown: unknown): boolean =>
  thrown instanceof DynamoDBServiceException && (thrown.$metadata.attempts ?? 1) > 1;

/**
 * A commit of one row as one conditional write. The SDK repeats a write whose reply was lost, and a repetition meets the
 * row that the first one left: the random id in it says whose row that is. Another's row says nothing when an earlier try
 * had no reply, since ours may have been replaced meanwhile: then the outcome is unknown, which is thrown as unavailable.
 */
export const createPlainWrite = (client: DynamoDBClient, tableName: string, write: Write) => {
  const commitId = randomBytes(COMMIT_ID_BYTES).toString('base64url');
  let isUnanswered = false;
  return async (): Promise<CommitResult | Conflict> => {
    try {
      await send(client, tableName, write, commitId);
      return { kind: 'committed' };
    } catch (thrown) {
      isUnanswered ||= wasRepeated(thrown);
      if (thrown instanceof TransactionConflictException) return { kind: 'transient', conflict: true };
      if (!(thrown instanceof ConditionalCheckFailedException)) throw thrown;
      if (thrown.Item?.[COMMIT_ID]?.S === commitId) return { kind: 'committed' };
      if (isUnanswered) throw unavailable('table', new Error('the outcome of a write is unknown', { cause: thrown }));
      return { kind: 'refused', refused: [0] };
    }
  };
};
