/** In a body these bytes are always a member's name: within a value the quotes would be escaped. */
const TABLE_NAME = /"TableName"\s*:\s*"([^"]+)"/;
const TABLE_NAMES = new RegExp(TABLE_NAME, 'g');

/** `{"RequestItems":{"<table>":[{"PutRequest":…`; an attribute value never holds a request. */
const BATCH_TABLE = /"([^"\\]+)"\s*:\s*\[\s*\{\s*"(?:PutRequest|DeleteRequest)"/g;
const BATCH_GET_TABLE = /"RequestItems"\s*:\s*\{\s*"([^"\\]+)"/;

const SINGLE_WRITES = new Set(['PutItem', 'UpdateItem', 'DeleteItem']);
const STATEMENTS = new Set(['ExecuteStatement', 'BatchExecuteStatement', 'ExecuteTransaction']);

/** A member that takes a table's name takes its ARN as well. */
export const tableNameOf = (nameOrArn: string): string => nameOrArn.split(':table/')[1]?.split('/')[0] ?? nameOrArn;

/** The first table that a request body names; found without parsing, because every request of the system pays for it. */
export const tableNamedIn = (operation: string, body: Buffer): string | undefined => {
  const text = body.toString('latin1');
  const found = operation.startsWith('Batch') ? BATCH_GET_TABLE.exec(text) : TABLE_NAME.exec(text);
  return found?.[1] === undefined ? undefined : tableNameOf(found[1]);
};

/** The tables that a request may have written to: `all` where the body is PartiQL, none for a read. */
export const tablesWrittenBy = (operation: string, body: Buffer): readonly string[] | 'all' => {
  if (STATEMENTS.has(operation)) return 'all';
  const single = SINGLE_WRITES.has(operation);
  if (!single && operation !== 'TransactWriteItems' && operation !== 'BatchWriteItem') return [];
  const text = body.toString('latin1');
  const pattern = operation === 'BatchWriteItem' ? BATCH_TABLE : TABLE_NAMES;
  const names = new Set<string>();
  for (const [, name] of text.matchAll(pattern)) if (name !== undefined) names.add(tableNameOf(name));
  return [...names];
};
