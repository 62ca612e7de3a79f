import { type AwsRequest, type AwsResponse, asAwsError } from '../../core/aws-call.ts';
import type { EmulatedService } from '../../core/emulated-service.ts';
import { isObject, type JsonObject, objectInText } from '../../core/json.ts';
import type { World } from '../../core/world.ts';
import { type JsonOperation, jsonProtocol, operationOfTarget } from '../../http/json-protocol.ts';
import { createEngineAccess } from './engine/engine-access.ts';
import type { EngineClient } from './engine/engine-client.ts';
import { createTableActs } from './operations/acts.ts';
import { streamActs, streamsOperations } from './operations/streams.ts';
import { CONTROL_OPERATIONS, createTableControl, type TableControl } from './operations/table-control.ts';
import { tableNamedIn, tableNameOf, tablesWrittenBy } from './operations/table-names.ts';
import { tableResourceTypes } from './resources/tables.ts';
import { plainItem } from './state/attribute-values.ts';
import { type ContentionOptions, createContention } from './state/contention.ts';
import { type MeteredResponse, metered } from './state/metering.ts';
import { createStreamTails, type StreamTails } from './state/stream-tail.ts';
import { trimStreams } from './state/stream-trim.ts';
import { createTableRegistry, type TableRegistry } from './state/table-registry.ts';
import { createTtlSweep } from './state/ttl-sweep.ts';

const STREAMS_TARGET = 'DynamoDBStreams_';

const tableIn = ({ TableName }: JsonObject) => (typeof TableName === 'string' ? tableNameOf(TableName) : undefined);

/** As DynamoDB answers a call that is not allowed. */
const refusalOf = (authorize: () => void): AwsResponse | undefined => {
  try {
    authorize();
    return undefined;
  } catch (thrown) {
    const { code, message, status } = asAwsError(thrown);
    const headers = { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-errortype': code };
    return { status, headers, body: JSON.stringify({ __type: `com.amazon.coral.service#${code}`, Message: message }) };
  }
};

/** Every item of a table, page by page. */
const scan = async (engine: EngineClient, tableName: string): Promise<readonly JsonObject[]> => {
  const items: JsonObject[] = [];
  let start: JsonObject | undefined;
  do {
    const page = await engine.call('Scan', { TableName: tableName, ...(start && { ExclusiveStartKey: start }) });
    if (Array.isArray(page.Items)) items.push(...page.Items.filter(isObject));
    start = isObject(page.LastEvaluatedKey) ? page.LastEvaluatedKey : undefined;
  } while (start);
  return items;
};

export interface DynamoDbOptions extends ContentionOptions {
  /** Whether the journal says how many capacity units a call consumed; each call takes longer then. */
  readonly metered?: boolean;
}

/** What is answered here, and not by the engine. */
const createProtocols = (world: World, tables: TableRegistry, tails: StreamTails, run: TableControl['run']) => {
  const actsOf = createTableActs(world, tables);
  const operations = CONTROL_OPERATIONS.map((operation): [string, JsonOperation] => [
    operation,
    (input) => run(operation, input),
  ]);
  const control = jsonProtocol({
    version: '1.0',
    operations: Object.fromEntries(operations),
    resourceOf: tableIn,
    authorize: (operation, input, caller) => world.access.demand(caller, () => actsOf(operation, input)),
  });
  const streams = jsonProtocol({
    version: '1.0',
    operations: streamsOperations(tables, tails),
    resourceOf: tableIn,
    authorize: (operation, input, caller) => world.access.demand(caller, () => streamActs(operation, input)),
  });
  return { control, streams, actsOf };
};

/** DynamoDB and DynamoDB Streams: an engine behind an adapter that adds what it lacks. Started by the first use. */
export const createDynamoDbService = (
  world: World,
  options: DynamoDbOptions = { conflicts: true },
): EmulatedService => {
  const engine = createEngineAccess(world, (database) => trimStreams(world, database, tails));
  const tables = createTableRegistry();
  const tails = createStreamTails(world, engine.opened, tables);
  const contention = createContention(world, (name) => tables.find(name)?.keyNames, options);
  const sweep = createTtlSweep(world, engine.opened, tables, tails);

  const run = async (operation: string, input: JsonObject): Promise<JsonObject> => {
    const output = await createTableControl(world, await engine.open(), tables).run(operation, input);
    if (operation === 'UpdateTimeToLive') sweep.plan();
    return output;
  };

  const { control, streams, actsOf } = createProtocols(world, tables, tails, run);
  const isControl = new Set(CONTROL_OPERATIONS);

  const forward = async (target: string, operation: string, body: Buffer): Promise<MeteredResponse> => {
    const written = tablesWrittenBy(operation, body);
    const client = await engine.open();
    const run = (sent: Buffer) => contention.run(operation, sent, () => client.forward(target, sent));
    const response = await (options.metered ? metered(operation, body, run) : run(body));
    if (response.status === 200 && written.length > 0) tails.written(written);
    return response;
  };

  world.provide('streams', tails);
  world.provide('tables', {
    items: async (tableName) => (await scan(await engine.open(), tableName)).map(plainItem),
  });

  return {
    signingName: 'dynamodb',
    handle: async (request: AwsRequest) => {
      const target = request.headers['x-amz-target'] ?? '';
      const operation = operationOfTarget(request);
      if (target.startsWith(STREAMS_TARGET)) return streams(request);
      if (isControl.has(operation)) return control(request);
      const resource = tableNamedIn(operation, request.body);
      const { caller, body } = request;
      const refusal = refusalOf(() =>
        world.access.demand(caller, () => actsOf(operation, objectInText(`${body}`) ?? {})),
      );
      if (refusal) return { operation, resource, ...refusal };
      return { operation, resource, ...(await forward(target, operation, body)) };
    },
    resourceTypes: tableResourceTypes(world, {
      run,
      ready: async (name, kept) => {
        const table = tables.find(name);
        if (table) await tails.open(table, kept);
      },
    }),
    inspect: () => ({
      tables: tables.all().map(({ name, expiryAttribute }) => ({ name, expiryAttribute: expiryAttribute ?? null })),
      streams: tails.describe().map((stream) => ({ ...stream })),
    }),
  };
};
