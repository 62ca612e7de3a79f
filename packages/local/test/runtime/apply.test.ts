import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from '../../../../test/support/eventually.ts';
import type { JsonObject } from '../../src/core/json.ts';
import { type Runtime, startRuntime } from '../../src/runtime/start-runtime.ts';
import { writeAssembly } from '../assembly/written-assembly.ts';

const resource = (type: string, properties: JsonObject): JsonObject => ({
  Type: `AWS::${type}`,
  Properties: properties,
});
const ref = (name: string): JsonObject => ({ Ref: name });
const arn = (name: string): JsonObject => ({ 'Fn::GetAtt': [name, 'Arn'] });

/** Answers its variable WORD after `waitMs`. */
const CODE = `exports.handler = async () => {
  await new Promise((resolve) => setTimeout(resolve, Number(process.env.WAIT_MS)));
  return process.env.WORD;
}`;

const code = (properties: JsonObject = {}) =>
  resource('Lambda::Function', {
    FunctionName: 'greet',
    Code: { ZipFile: CODE },
    Handler: 'index.handler',
    Runtime: 'nodejs24.x',
    Environment: { Variables: { WORD: 'hello', WAIT_MS: '0' } },
    ...properties,
  });

const table = (key: string) =>
  resource('DynamoDB::Table', {
    TableName: 'guests',
    KeySchema: [{ AttributeName: key, KeyType: 'HASH' }],
    AttributeDefinitions: [{ AttributeName: key, AttributeType: 'S' }],
    BillingMode: 'PAY_PER_REQUEST',
  });

const route = (path: string) =>
  resource('ApiGatewayV2::Route', {
    ApiId: ref('Api'),
    RouteKey: `GET ${path}`,
    Target: { 'Fn::Join': ['', ['integrations/', ref('Integration')]] },
  });

const BASE: JsonObject = {
  Api: resource('ApiGatewayV2::Api', { Name: 'api', ProtocolType: 'HTTP' }),
  Stage: resource('ApiGatewayV2::Stage', { ApiId: ref('Api'), StageName: '$default', AutoDeploy: true }),
  Integration: resource('ApiGatewayV2::Integration', {
    ApiId: ref('Api'),
    IntegrationType: 'AWS_PROXY',
    IntegrationUri: arn('Greet'),
    PayloadFormatVersion: '2.0',
  }),
  Route: route('/old'),
  Permission: resource('Lambda::Permission', {
    Action: 'lambda:InvokeFunction',
    FunctionName: 'greet',
    Principal: 'apigateway.amazonaws.com',
  }),
  Greet: code(),
  Guests: table('id'),
  Letters: resource('SQS::Queue', { QueueName: 'letters', VisibilityTimeout: 30 }),
};

let runtime: Runtime;
beforeEach(async () => {
  runtime = await startRuntime({ assemblyFolder: assembly({}) });
});
afterEach(() => runtime.stop());

const assembly = (changes: JsonObject, without: readonly string[] = []): string => {
  const resources = Object.entries({ ...BASE, ...changes }).filter(([name]) => !without.includes(name));
  return writeAssembly({ Shop: { template: { Resources: Object.fromEntries(resources) } } });
};

const apply = async (changes: JsonObject, without: readonly string[] = []) => {
  const { created, changed, removed, stale } = await runtime.apply(assembly(changes, without));
  const ids = (resources: typeof created) => resources.map(({ logicalId }) => logicalId);
  return {
    created: ids(created),
    changed: ids(changed),
    removed: ids(removed),
    stale: stale.map(({ resource: { logicalId }, reason }) => `${logicalId}: ${reason}`),
  };
};

const NOTHING = { created: [], changed: [], removed: [], stale: [] };
const status = async (path: string) => (await fetch(`${runtime.apiUrl}${path}`)).status;
const invoke = async () => JSON.parse((await runtime.invoke('greet', '{}')).payload);
const queueArn = (name: string) => `arn:aws:sqs:us-east-1:000000000000:${name}`;
const send = (name: string, payload: string) =>
  runtime.world.targets.deliver(queueArn(name), { payload, source: 'test' });
const receive = (name: string) =>
  runtime.world
    .need('queues')
    .receive(queueArn(name), 10)
    .map(({ body }) => body);

const call = async (target: string, body: JsonObject) => {
  const response = await fetch(runtime.world.endpointUrl(), {
    method: 'POST',
    headers: {
      'x-amz-target': `DynamoDB_20120810.${target}`,
      'content-type': 'application/x-amz-json-1.0',
      authorization:
        'AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
    },
    body: JSON.stringify(body),
  });
  expect(response.status).toBe(200);
};

describe('applying another assembly while the system runs', () => {
  it('touches nothing when it is the same, or differs in what has no effect here', async () => {
    expect(await apply({})).toEqual(NOTHING);
    expect(await apply({ Greet: code({ Description: 'greets' }) })).toEqual(NOTHING);
  });

  it('answers a changed route under its new path only', async () => {
    expect([await status('/old'), await status('/new')]).toEqual([200, 404]);
    expect(await apply({ Route: route('/new') })).toEqual({ ...NOTHING, changed: ['Route'] });
    expect([await status('/old'), await status('/new')]).toEqual([404, 200]);
  });

  it('removes what its stack no longer holds', async () => {
    expect(await apply({}, ['Route'])).toEqual({ ...NOTHING, removed: ['Route'] });
    expect(await status('/old')).toBe(404);
  });

  it('runs a function with its new variables and under its new timeout', async () => {
    expect(await invoke()).toBe('hello');
    const slow = { Environment: { Variables: { WORD: 'hello', WAIT_MS: '1500' } }, Timeout: 1 };
    expect(await apply({ Greet: code(slow) })).toEqual({ ...NOTHING, changed: ['Greet'] });
    expect(await invoke()).toMatchObject({ errorType: 'Sandbox.Timedout' });
  });

  it('keeps the items of a table and the messages of a queue, whatever else changes', async () => {
    await call('PutItem', { TableName: 'guests', Item: { id: { S: 'ann' } } });
    await send('letters', 'dear ann');
    await apply({
      Route: route('/new'),
      Letters: resource('SQS::Queue', { QueueName: 'letters', VisibilityTimeout: 1 }),
    });
    expect(await runtime.world.need('tables').items('guests')).toEqual([{ id: 'ann' }]);
    expect(receive('letters')).toEqual(['dear ann']);
    expect(receive('letters')).toEqual([]);
    await eventually('the new visibility timeout to end', async () => receive('letters').length === 1, 5_000);
  });

  it('adds a queue with its consumer, and lets a changed consumer go on', async () => {
    const consumer = (properties: JsonObject) =>
      resource('Lambda::EventSourceMapping', {
        EventSourceArn: arn('Parcels'),
        FunctionName: ref('Greet'),
        ...properties,
      });
    const Parcels = resource('SQS::Queue', { QueueName: 'parcels' });
    const added = await apply({ Parcels, Mapping: consumer({ BatchSize: 1 }) });
    expect(added).toEqual({ ...NOTHING, created: ['Parcels', 'Mapping'] });
    await send('parcels', 'one');
    expect(await runtime.quiesce(10_000)).toMatchObject({ quiet: true });
    expect(runtime.world.journal.read('invocations')).toHaveLength(1);
    expect(await apply({ Parcels, Mapping: consumer({ BatchSize: 2 }) })).toEqual({ ...NOTHING, changed: ['Mapping'] });
    await send('parcels', 'two');
    await runtime.quiesce(10_000);
    expect(runtime.world.journal.read('invocations')).toHaveLength(2);
    expect(await apply({ Parcels }, ['Mapping'])).toMatchObject({ removed: ['Mapping'] });
    await send('parcels', 'three');
    await runtime.quiesce(10_000);
    expect(receive('parcels')).toEqual(['three']);
  });

  it('names what cannot follow as stale, each time, and leaves it as it was', async () => {
    await call('PutItem', { TableName: 'guests', Item: { id: { S: 'ann' } } });
    const stale = ['Guests: its keys, indexes or stream changed'];
    expect(await apply({ Guests: table('name') })).toEqual({ ...NOTHING, stale });
    expect(await apply({ Guests: table('name') })).toEqual({ ...NOTHING, stale });
    expect(await runtime.world.need('tables').items('guests')).toEqual([{ id: 'ann' }]);
    expect(await apply({}, ['Letters'])).toEqual({
      ...NOTHING,
      stale: ['Letters: it is no longer in its stack, and stays'],
    });
  });

  it('changes nothing when the assembly could not be started', async () => {
    const Broken = code({ FunctionName: 'broken', DeadLetterConfig: { TargetArn: ref('Nowhere') } });
    const Nowhere = resource('SNS::Topic', {});
    await expect(apply({ Route: route('/new'), Broken, Nowhere })).rejects.toThrow('not emulated');
    expect([await status('/old'), await status('/new')]).toEqual([200, 404]);
  });
});
