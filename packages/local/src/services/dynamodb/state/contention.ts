import type { AwsResponse } from '../../../core/aws-call.ts';
import { isObject, type JsonObject } from '../../../core/json.ts';
import type { World } from '../../../core/world.ts';
import { isPlainWrite, itemKeysOf, type KeyNames, mayConflict } from './item-keys.ts';

export interface ContentionOptions {
  /** Whether transactions conflict; an engine alone runs them one after another. */
  readonly conflicts: boolean;
  /** How much longer than its call a transaction is under way; default 0. */
  readonly transactionMs?: number;
}

/** Items by how many requests under way have them. */
const createHeld = () => {
  const held = new Map<string, number>();
  const add = (keys: readonly string[], by: 1 | -1): void => {
    for (const key of keys) {
      const count = (held.get(key) ?? 0) + by;
      if (count > 0) held.set(key, count);
      else held.delete(key);
    }
  };
  return {
    take: (keys: readonly string[]) => add(keys, 1),
    letGo: (keys: readonly string[]) => add(keys, -1),
    has: (key: string | undefined): boolean => key !== undefined && held.has(key),
  };
};

const refusal = (code: string, message: string, more: JsonObject = {}): AwsResponse => ({
  status: 400,
  headers: { 'content-type': 'application/x-amz-json-1.0' },
  body: JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${code}`, Message: message, message, ...more }),
});

const ONGOING = 'Transaction is ongoing for the item';

const cancelled = (conflicts: readonly boolean[]): AwsResponse => {
  const codes = conflicts.map((conflict) => (conflict ? 'TransactionConflict' : 'None'));
  return refusal(
    'TransactionCanceledException',
    `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes.join(', ')}]`,
    { CancellationReasons: codes.map((Code) => (Code === 'None' ? { Code } : { Code, Message: ONGOING })) },
  );
};

const inputOf = (body: Buffer): JsonObject => {
  try {
    const input: unknown = JSON.parse(body.toString());
    return isObject(input) ? input : {};
  } catch {
    return {};
  }
};

export type Forward = () => Promise<AwsResponse>;

/**
 * Conflicts as DynamoDB has them ("Transactional conflicts" in the developer guide): a transaction and a plain write are
 * refused by a transaction under way on the same item, a transactional read by a plain write as well. Two plain writes never
 * conflict.
 */
export const createContention = (
  { agenda, clock }: World,
  keyNames: KeyNames,
  { conflicts, transactionMs = 0 }: ContentionOptions,
) => {
  const byTransactions = createHeld();
  const byWrites = createHeld();
  const tokens = createHeld();

  const afterwards = (letGo: () => void): void => {
    if (transactionMs === 0) letGo();
    else {
      const dueAtMs = clock.now() + transactionMs;
      agenda.schedule({ dueAtMs, kind: 'planned', what: 'end transaction', subject: 'dynamodb' }, letGo);
    }
  };

  const write = async (keys: readonly string[], forward: Forward): Promise<AwsResponse> => {
    if (keys.some(byTransactions.has)) return refusal('TransactionConflictException', ONGOING);
    byWrites.take(keys);
    try {
      return await forward();
    } finally {
      byWrites.letGo(keys);
    }
  };

  const transact = async (keys: readonly string[], token: string | undefined, forward: Forward) => {
    const named = token === undefined ? [] : [token];
    byTransactions.take(keys);
    tokens.take(named);
    try {
      return await forward();
    } finally {
      afterwards(() => {
        byTransactions.letGo(keys);
        tokens.letGo(named);
      });
    }
  };

  return {
    run: async (operation: string, body: Buffer, forward: Forward): Promise<AwsResponse> => {
      if (!conflicts || !mayConflict(operation)) return forward();
      const input = inputOf(body);
      const positions = itemKeysOf(operation, input, keyNames);
      const keys = positions.filter((key) => key !== undefined);
      if (isPlainWrite(operation)) return write(keys, forward);
      const isRead = operation === 'TransactGetItems';
      const token = typeof input.ClientRequestToken === 'string' ? input.ClientRequestToken : undefined;
      if (tokens.has(token)) {
        return refusal('TransactionInProgressException', 'The transaction with the given request token is in progress');
      }
      const met = positions.map((key) => byTransactions.has(key) || (isRead && byWrites.has(key)));
      if (met.includes(true)) return cancelled(met);
      return isRead ? forward() : transact(keys, token, forward);
    },
  };
};
