import { isObject, type Json, type JsonObject } from '../../../core/json.ts';
import { tableNameOf } from '../operations/table-names.ts';

/** The names of a table's key attributes; undefined for a table that is not known. */
export type KeyNames = (tableName: string) => readonly string[] | undefined;

const PLAIN_WRITES = new Set(['PutItem', 'UpdateItem', 'DeleteItem']);
const TRANSACTIONS = new Set(['TransactWriteItems', 'TransactGetItems']);

/** Whether an operation takes part in conflicts of transactions. */
export const mayConflict = (operation: string): boolean => PLAIN_WRITES.has(operation) || TRANSACTIONS.has(operation);

export const isPlainWrite = (operation: string): boolean => PLAIN_WRITES.has(operation);

/** One text for an item, whatever the order in which its key was written. */
const keyOf = (request: JsonObject, keyNames: KeyNames): string | undefined => {
  const { TableName, Key, Item } = request;
  const attributes = Key ?? Item;
  if (typeof TableName !== 'string' || !isObject(attributes)) return undefined;
  const table = tableNameOf(TableName);
  const names = keyNames(table);
  return names && JSON.stringify([table, ...names.map((name) => attributes[name] ?? null)]);
};

const requestOf = (action: Json): JsonObject => {
  const [request] = isObject(action) ? Object.values(action) : [];
  return isObject(request) ? request : {};
};

/** The items of a request, in the order in which it names them; undefined for what names no item of a known table. */
export const itemKeysOf = (
  operation: string,
  input: JsonObject,
  keyNames: KeyNames,
): readonly (string | undefined)[] => {
  if (PLAIN_WRITES.has(operation)) return [keyOf(input, keyNames)];
  const { TransactItems: actions } = input;
  return Array.isArray(actions) ? actions.map((action: Json) => keyOf(requestOf(action), keyNames)) : [];
};
