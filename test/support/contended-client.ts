import { setTimeout as pause } from 'node:timers/promises';
import {
  type DynamoDBClient,
  TransactionCanceledException,
  TransactionConflictException,
  type TransactWriteItemsCommandInput,
} from '@aws-sdk/client-dynamodb';

export interface Contention {
  readonly transactions: number;
  readonly conflicts: number;
}

type Key = Readonly<Record<string, unknown>>;

const nameOf = (key: Key | undefined): string => JSON.stringify([key?.pk, key?.sk]);

const keysOf = ({ TransactItems = [] }: TransactWriteItemsCommandInput): readonly string[] =>
  TransactItems.map(({ Put, Update, Delete, ConditionCheck }) =>
    nameOf(Put?.Item ?? (Update ?? Delete ?? ConditionCheck)?.Key),
  );

/** The key of a plain write; undefined for what is none. */
const plainKeyOf = (input: object): Key | undefined => {
  if ('ConditionExpression' in input && 'Item' in input) return Object(input.Item);
  return 'ConditionExpression' in input && 'Key' in input ? Object(input.Key) : undefined;
};

/**
 * Lets the transactions of a client conflict as those of DynamoDB do: each holds its items for `holdMs` at least, and one
 * that meets a held item is cancelled, as is a plain write that does. The engine works off one request at a time, so that there none conflicts.
 */
export const contend = (client: DynamoDBClient, holdMs: number): Contention => {
  const held = new Set<string>();
  const seen = { transactions: 0, conflicts: 0 };
  client.middlewareStack.add(
    (next) => async (call) => {
      const plain = plainKeyOf(call.input);
      if (plain && held.has(nameOf(plain))) {
        seen.conflicts += 1;
        throw new TransactionConflictException({
          message: 'Transaction is ongoing',
          $metadata: { httpStatusCode: 400 },
        });
      }
      if (!('TransactItems' in call.input && 'ClientRequestToken' in call.input)) return await next(call);
      const keys = keysOf(call.input);
      seen.transactions += 1;
      if (keys.some((key) => held.has(key))) {
        seen.conflicts += 1;
        throw new TransactionCanceledException({
          message: 'Transaction cancelled',
          $metadata: { httpStatusCode: 400 },
          CancellationReasons: keys.map((key) => ({ Code: held.has(key) ? 'TransactionConflict' : 'None' })),
        });
      }
      for (const key of keys) held.add(key);
      try {
        const [answer] = await Promise.all([next(call), pause(holdMs)]);
        return answer;
      } finally {
        for (const key of keys) held.delete(key);
      }
    },
    { step: 'initialize' },
  );
  return seen;
};
