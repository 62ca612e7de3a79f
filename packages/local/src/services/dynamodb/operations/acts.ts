import { objectOf, textOf } from '../../../assembly/values.ts';
import type { Act } from '../../../core/access.ts';
import { isList, isObject, type Json, type JsonObject } from '../../../core/json.ts';
import type { World } from '../../../core/world.ts';
import type { TableRegistry } from '../state/table-registry.ts';
import { actContext, type Target } from './act-context.ts';
import { tableNameOf } from './table-names.ts';

/** What each member of a TransactItems entry does: there is no permission for a transaction as such. */
const IN_TRANSACTION: Readonly<Record<string, string>> = {
  Get: 'GetItem',
  Put: 'PutItem',
  Update: 'UpdateItem',
  Delete: 'DeleteItem',
  ConditionCheck: 'ConditionCheckItem',
};

const PARTIQL: Readonly<Record<string, string>> = {
  select: 'PartiQLSelect',
  insert: 'PartiQLInsert',
  update: 'PartiQLUpdate',
  delete: 'PartiQLDelete',
};

/** `SELECT … FROM "table"."index"`, `INSERT INTO "table"`, `UPDATE "table"`, `DELETE FROM "table"`. */
const STATEMENT =
  /^\s*(select|insert|update|delete)\b.*?(?:\bfrom|\binto|^\s*update)\s+"?([\w.-]+?)"?(?:\."([\w.-]+)")?(?=\s|$)/is;

const OF_NO_TABLE = ['ListTables', 'DescribeLimits', 'DescribeEndpoints'];

type MakeAct = (name: string, target: Target, enclosing?: string) => Act;

const objectsIn = (value: Json | undefined): readonly JsonObject[] => (isList(value) ? value.filter(isObject) : []);

const inTransaction = (act: MakeAct, operation: string, { TransactItems }: JsonObject): readonly Act[] =>
  objectsIn(TransactItems).flatMap((entry) =>
    Object.entries(entry).flatMap(([kind, request]) => {
      const name = IN_TRANSACTION[kind];
      if (name === undefined || !isObject(request)) return [];
      return [act(name, { table: tableNameOf(String(request.TableName)), requests: [request] }, operation)];
    }),
  );

/** `{"RequestItems": {"<table>": {"Keys": […]}}}` of a read, `[{"PutRequest": {"Item": …}}, …]` of a write. */
const inBatch = (act: MakeAct, operation: string, { RequestItems }: JsonObject): readonly Act[] =>
  Object.entries(objectOf(RequestItems)).map(([table, requests]) => {
    const written = objectsIn(requests).flatMap((entry) => Object.values(entry).filter(isObject));
    const read = objectsIn(objectOf(requests).Keys).map((Key): JsonObject => ({ Key }));
    return act(operation, { table: tableNameOf(table), requests: [...written, ...read] });
  });

const inPartiQl = (act: MakeAct, statements: readonly JsonObject[], enclosing?: string): readonly Act[] =>
  statements.map(({ Statement }) => {
    const [, verb = '', table = '', index] = STATEMENT.exec(String(Statement)) ?? [];
    return act(PARTIQL[verb.toLowerCase()] ?? 'PartiQLSelect', { table, index, requests: [] }, enclosing);
  });

const onTable = (act: MakeAct, operation: string, input: JsonObject): readonly Act[] => {
  if (OF_NO_TABLE.includes(operation)) return [{ action: `dynamodb:${operation}`, resource: '*' }];
  const table = tableNameOf(textOf(input.TableName) ?? '');
  return [act(operation, { table, index: textOf(input.IndexName), requests: [input] })];
};

/** What a call of DynamoDB does, as IAM names it. */
export const createTableActs = ({ partition, region, account }: World, tables: TableRegistry) => {
  const prefix = `arn:${partition}:dynamodb:${region}:${account}:table`;
  const act: MakeAct = (name, target, enclosing) => ({
    action: `dynamodb:${name}`,
    resource: `${prefix}/${target.table}${target.index === undefined ? '' : `/index/${target.index}`}`,
    context: actContext(tables, target, enclosing),
  });

  return (operation: string, input: JsonObject): readonly Act[] => {
    switch (operation) {
      case 'TransactWriteItems':
      case 'TransactGetItems':
        return inTransaction(act, operation, input);
      case 'BatchGetItem':
      case 'BatchWriteItem':
        return inBatch(act, operation, input);
      case 'ExecuteStatement':
        return inPartiQl(act, [input]);
      case 'BatchExecuteStatement':
        return inPartiQl(act, objectsIn(input.Statements));
      case 'ExecuteTransaction':
        return inPartiQl(act, objectsIn(input.TransactStatements), operation);
      default:
        return onTable(act, operation, input);
    }
  };
};
