import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { marshal, marshalItem } from '../../kernel/stores/attribute-value.ts';
import type { Write } from '../../kernel/stores/table.ts';

type Of<Kind extends Write['kind']> = Extract<Write, { kind: Kind }>;

const names = { '#pk': 'pk' };
const versionNames = { '#version': 'version' };
const versionValues = (version: number) => ({ ':version': marshal(version) });

const versionCondition = (version: number | undefined) =>
  version === undefined
    ? {}
    : {
        ConditionExpression: '#version = :version',
        ExpressionAttributeNames: versionNames,
        ExpressionAttributeValues: versionValues(version),
      };

const insert = ({ item, overExpiredBefore }: Of<'insert'>) => {
  const isNew = 'attribute_not_exists(#pk)';
  if (overExpiredBefore === undefined) {
    return { Item: marshalItem(item), ConditionExpression: isNew, ExpressionAttributeNames: names };
  }
  return {
    Item: marshalItem(item),
    ConditionExpression: `${isNew} OR #expiresAt <= :before`,
    ExpressionAttributeNames: { ...names, '#expiresAt': 'expiresAt' },
    ExpressionAttributeValues: { ':before': marshal(overExpiredBefore) },
  };
};

/** An attribute that is not there counts as 0, so it may stay absent when the addition alone reaches the minimum. */
const staysAbove = (index: number, amount: number, atLeast: number): string =>
  amount >= atLeast ? `(#a${index} >= :m${index} OR attribute_not_exists(#a${index}))` : `#a${index} >= :m${index}`;

const adjust = ({ key, add, atLeast, set = {} }: Of<'adjust'>) => {
  const amounts = Object.entries(add).map(([name, amount], index) => ({ name, amount, index }));
  const replaced = Object.entries(set).map(([name, value], index) => ({ name, value, index }));
  const additions = `ADD ${amounts.map(({ index }) => `#a${index} :a${index}`).join(', ')}`;
  const replacements = `SET ${replaced.map(({ index }) => `#s${index} = :s${index}`).join(', ')}`;
  const minima = atLeast === undefined ? [] : amounts.map((each) => ({ ...each, minimum: atLeast - each.amount }));
  return {
    Key: marshalItem({ ...key }),
    UpdateExpression: replaced.length > 0 ? `${additions} ${replacements}` : additions,
    ConditionExpression: [
      'attribute_exists(#pk)',
      ...minima.map(({ index, amount }) => staysAbove(index, amount, atLeast ?? 0)),
    ].join(' AND '),
    ExpressionAttributeNames: {
      ...names,
      ...Object.fromEntries(amounts.map(({ name, index }) => [`#a${index}`, name])),
      ...Object.fromEntries(replaced.map(({ name, index }) => [`#s${index}`, name])),
    },
    ExpressionAttributeValues: Object.fromEntries([
      ...amounts.map(({ amount, index }) => [`:a${index}`, marshal(amount)]),
      ...minima.map(({ minimum, index }) => [`:m${index}`, marshal(minimum)]),
      ...replaced.map(({ value, index }) => [`:s${index}`, marshal(value)]),
    ]),
  };
};

const check = ({ key, expectedVersion }: Of<'check'>) => ({
  Key: marshalItem({ ...key }),
  ConditionExpression: expectedVersion === undefined ? 'attribute_exists(#pk)' : '#version = :version',
  ExpressionAttributeNames: expectedVersion === undefined ? names : versionNames,
  ...(expectedVersion === undefined ? {} : { ExpressionAttributeValues: versionValues(expectedVersion) }),
});

/** One write of the port as one action of TransactWriteItems. */
export const transactItem = (TableName: string, write: Write): TransactWriteItem => {
  switch (write.kind) {
    case 'insert':
      return { Put: { TableName, ...insert(write) } };
    case 'put':
      return { Put: { TableName, Item: marshalItem(write.item), ...versionCondition(write.expectedVersion) } };
    case 'adjust':
      return { Update: { TableName, ...adjust(write) } };
    case 'delete':
      return { Delete: { TableName, Key: marshalItem({ ...write.key }), ...versionCondition(write.expectedVersion) } };
    case 'check':
      return { ConditionCheck: { TableName, ...check(write) } };
    case 'absent':
      return {
        ConditionCheck: {
          TableName,
          Key: marshalItem({ ...write.key }),
          ConditionExpression: 'attribute_not_exists(#pk)',
          ExpressionAttributeNames: names,
        },
      };
  }
};
