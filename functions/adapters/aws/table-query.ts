import type { QueryCommandInput, ScanCommandInput } from '@aws-sdk/client-dynamodb';
import { marshalItem } from '../../kernel/stores/attribute-value.ts';
import { DERIVED } from '../../kernel/stores/derived-messages.ts';
import { OUTBOX_ROW } from '../../kernel/stores/outbox.ts';
import { keyNames, type Query } from '../../kernel/stores/table.ts';
import type { JsonObject } from '../../kernel/values/json.ts';

const LAST_CHARACTER = '\u{10FFFF}';
const FIRST_CHARACTER = '\u0000';

/** A sort key takes one condition: prefix and lower bound together are a range, its first text the next after `skAfter`. */
const sortCondition = ({ skPrefix, skAfter }: Query): { text?: string; values: Record<string, string> } => {
  if (skPrefix !== undefined && skAfter !== undefined) {
    const to = `${skPrefix}${LAST_CHARACTER}`;
    const from = skAfter > skPrefix ? `${skAfter}${FIRST_CHARACTER}` : skPrefix;
    return { text: '#sk BETWEEN :from AND :to', values: { ':from': from < to ? from : to, ':to': to } };
  }
  if (skPrefix) return { text: 'begins_with(#sk, :prefix)', values: { ':prefix': skPrefix } };
  if (skAfter !== undefined) return { text: '#sk > :after', values: { ':after': skAfter } };
  return { values: {} };
};

/** Asks for one item more than the page holds, so that a full page knows whether another follows. */
export const queryInput = (TableName: string, query: Query): QueryCommandInput => {
  const { text, values } = sortCondition(query);
  const [partition, sort] = keyNames(query.index);
  return {
    TableName,
    ...(query.index && { IndexName: query.index }),
    KeyConditionExpression: ['#pk = :pk', ...(text ? [text] : [])].join(' AND '),
    ExpressionAttributeNames: {
      '#pk': partition,
      ...(text && { '#sk': sort }),
    },
    ExpressionAttributeValues: marshalItem({ ':pk': query.pk, ...values }),
    Limit: query.limit + 1,
    ScanIndexForward: !query.newestFirst,
    ConsistentRead: query.consistent ?? false,
    ...(query.start && { ExclusiveStartKey: marshalItem(query.start) }),
  };
};

type ScanOf = Required<Pick<ScanCommandInput, 'TableName' | 'Limit'>>;

/** The keys of `Limit` items, of which those are found that have the sort key. */
export const scanInput = (
  { TableName, Limit }: ScanOf,
  start: JsonObject | undefined,
  sk: string | undefined,
): ScanCommandInput => ({
  TableName,
  Limit,
  ProjectionExpression: '#pk, #sk',
  ExpressionAttributeNames: { '#pk': 'pk', '#sk': 'sk' },
  ...(sk !== undefined && {
    FilterExpression: '#sk = :sk',
    ExpressionAttributeValues: marshalItem({ ':sk': sk }),
  }),
  ...(start && { ExclusiveStartKey: marshalItem(start) }),
});

/** Among `Limit` items those that say what leaves, in either form; consistent, so that what was committed before is there. */
export const leavingInput = (
  { TableName, Limit }: ScanOf,
  since: string,
  start: JsonObject | undefined,
): ScanCommandInput => ({
  TableName,
  Limit,
  ConsistentRead: true,
  FilterExpression:
    '(#outbox = :derived AND #occurredAt >= :since) OR (#kind = :row AND #message.#metadata.#occurredAt >= :since)',
  ExpressionAttributeNames: Object.fromEntries(
    ['outbox', 'occurredAt', 'kind', 'message', 'metadata'].map((name) => [`#${name}`, name]),
  ),
  ExpressionAttributeValues: marshalItem({ ':derived': DERIVED, ':row': OUTBOX_ROW, ':since': since }),
  ...(start && { ExclusiveStartKey: marshalItem(start) }),
});
