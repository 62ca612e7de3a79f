import { randomUUID } from 'node:crypto';
import {
  DynamoDBClient,
  GetItemCommand,
  QueryCommand,
  ScanCommand,
  TransactionCanceledException,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { marshalItem, unmarshalItem } from '../../kernel/stores/attribute-value.ts';
import type { LeavingRows, Scan } from '../../kernel/stores/scan.ts';
import { isOfSecrets } from '../../kernel/stores/secrets.ts';
import {
  type CommitResult,
  checkCommit,
  checkStart,
  type Item,
  type Key,
  keyOf,
  type Page,
  type Query,
  startAfter,
  type Table,
  type Write,
} from '../../kernel/stores/table.ts';
import { contended, Refused } from '../../kernel/values/errors.ts';
import { pauseBefore } from '../node/pause.ts';
import { callAws, unavailable } from './aws-failure.ts';
import { clientSettings } from './client-settings.ts';
import { COMMIT_ID, createPlainWrite, plainWriteOf } from './plain-write.ts';
import { leavingInput, queryInput, scanInput } from './table-query.ts';
import { transactItem } from './table-writes.ts';

const ATTEMPTS = 4;

/** What an attempt and the pause before it may take at worst in a crowd: with less left, none is begun. */
const ATTEMPT_MS = 2_000;

const CONFLICT = 'TransactionConflict';

const TRANSIENT_REASONS: ReadonlySet<string> = new Set([CONFLICT, 'ProvisionedThroughputExceeded', 'ThrottlingError']);

type Transient = { readonly kind: 'transient'; readonly conflict: boolean };

type Verdict = Extract<CommitResult, { kind: 'refused' }> | Transient;

/** What a cancelled transaction means; undefined for reasons that are our own mistake. */
const readCancellation = (codes: readonly (string | undefined)[]): Verdict | undefined => {
  const reasons = codes.map((code) => code ?? 'None');
  const refused = reasons.flatMap((code, position) => (code === 'ConditionalCheckFailed' ? [position] : []));
  const foreign = reasons.filter(
    (code) => code !== 'None' && code !== 'ConditionalCheckFailed' && !TRANSIENT_REASONS.has(code),
  );
  if (foreign.length > 0) return undefined;
  return refused.length > 0
    ? { kind: 'refused', refused }
    : { kind: 'transient', conflict: reasons.includes(CONFLICT) };
};

/** Throws an Error for an item of a table whose key is another one. */
const toItem = (attributes: Readonly<Record<string, unknown>>): Item => {
  const { pk, sk, [COMMIT_ID]: _, ...rest } = unmarshalItem(attributes);
  if (typeof pk !== 'string' || typeof sk !== 'string') throw new Error('an item has no pk and sk');
  return { pk, sk, ...rest };
};

/**
 * The table in DynamoDB. A commit of one row is a plain conditional write, which costs half of a transaction; any other is
 * a transaction. One client a process: call it once, in the wiring.
 */
export const createDynamoTable = ({
  tableName,
  secretTableName = tableName,
  callAttempts = clientSettings.maxAttempts,
  client = new DynamoDBClient({ ...clientSettings, maxAttempts: callAttempts }),
}: {
  readonly tableName: string;
  /** Where the rows of secrets lie. */
  readonly secretTableName?: string;
  /** How often a call that fails is made in all: once, where the one that waits for the answer asks again. */
  readonly callAttempts?: number;
  readonly client?: DynamoDBClient;
}): Table => {
  const tableOf = (key: Key): string => (isOfSecrets(key) ? secretTableName : tableName);

  /** A token of its own per attempt: the SDK repeats one attempt whose reply was lost, and it must stay one write. */
  const transact = async (writes: readonly Write[]): Promise<CommitResult | Transient> => {
    const TransactItems = writes.map((write) => transactItem(tableOf(keyOf(write)), write));
    try {
      await client.send(new TransactWriteItemsCommand({ TransactItems, ClientRequestToken: randomUUID() }));
      return { kind: 'committed' };
    } catch (thrown) {
      if (!(thrown instanceof TransactionCanceledException)) throw thrown;
      const verdict = readCancellation((thrown.CancellationReasons ?? []).map(({ Code }) => Code));
      if (verdict === undefined) throw thrown;
      return verdict;
    }
  };

  const commit: Table['commit'] = async (writes, { remainingMs } = {}) => {
    checkCommit(writes);
    const plain = plainWriteOf(writes);
    const attempt = plain ? createPlainWrite(client, tableOf(keyOf(plain)), plain) : () => transact(writes);
    for (let number = 1; ; number += 1) {
      const result = await callAws('table', attempt);
      if (result.kind !== 'transient') return result;
      const mayRepeat = remainingMs === undefined ? number < ATTEMPTS : remainingMs() > ATTEMPT_MS;
      if (mayRepeat) await pauseBefore(number + 1);
      else if (result.conflict) throw new Refused(contended);
      else throw unavailable('table', new Error(`transaction throttled ${number} times`));
    }
  };

  const query = async (query: Query): Promise<Page> => {
    checkStart(query);
    const { Items = [], LastEvaluatedKey } = await callAws('table', () =>
      client.send(new QueryCommand(queryInput(tableName, query))),
    );
    const found = Items.map(toItem);
    const items = found.slice(0, query.limit);
    const last = items.at(-1);
    if (found.length > query.limit && last) return { items, next: startAfter(last, query.index) };
    return LastEvaluatedKey ? { items, next: unmarshalItem(LastEvaluatedKey) } : { items };
  };

  return {
    get: async (key, { consistent = false } = {}) => {
      const input = { TableName: tableOf(key), Key: marshalItem({ ...key }), ConsistentRead: consistent };
      const { Item } = await callAws('table', () => client.send(new GetItemCommand(input)));
      return Item && toItem(Item);
    },
    query,
    commit,
  };
};

interface ScanSettings {
  readonly tableName: string;
  readonly client?: DynamoDBClient;
  /** Items that are read for a page, found or not. */
  readonly pageSize?: number;
}

const nextOf = (LastEvaluatedKey: Readonly<Record<string, unknown>> | undefined) =>
  LastEvaluatedKey ? { next: unmarshalItem(LastEvaluatedKey) } : {};

/** Reads a table as a whole. */
export const createTableScan = ({
  tableName: TableName,
  client = new DynamoDBClient(clientSettings),
  pageSize: Limit = 1_000,
}: ScanSettings): Scan => ({
  page: async (start, sk) => {
    const { Items = [], LastEvaluatedKey } = await callAws('table', () =>
      client.send(new ScanCommand(scanInput({ TableName, Limit }, start, sk))),
    );
    return { keys: Items.map(toItem), ...nextOf(LastEvaluatedKey) };
  },
});

/** Reads a table as a whole for what leaves because of its rows; as many in a page as a relay is given at once. */
export const createLeavingRows = ({
  tableName: TableName,
  client = new DynamoDBClient(clientSettings),
  pageSize: Limit = 100,
}: ScanSettings): LeavingRows => ({
  page: async (since, start) => {
    const {
      Items = [],
      ScannedCount = 0,
      LastEvaluatedKey,
    } = await callAws('table', () => client.send(new ScanCommand(leavingInput({ TableName, Limit }, since, start))));
    return { rows: Items.map(toItem), read: ScannedCount, ...nextOf(LastEvaluatedKey) };
  },
});
