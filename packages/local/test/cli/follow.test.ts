import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Spawned } from '../../src/testing/spawned.ts';
import { spawnCommand } from './spawned.ts';

/** Puts the contract's path and the stack's resources into one template. */
const APP = `import { mkdirSync, writeFileSync } from 'node:fs';
import { path } from './src/contract.mjs';
import { resources } from './src/stack.mjs';
const out = process.env.CDK_OUTDIR;
const properties = { templateFile: 'Shop.template.json' };
mkdirSync(out, { recursive: true });
writeFileSync(out + '/Shop.template.json', JSON.stringify({ Resources: resources(path) }));
writeFileSync(out + '/manifest.json', JSON.stringify({ version: '55.0.0', artifacts: { Shop: { type: 'aws:cloudformation:stack', properties } } }));
`;

/** Longer than the shorter timeout. */
const CODE = `exports.handler = async ({ rawPath }) => {
  await new Promise((resolve) => setTimeout(resolve, 1500));
  return rawPath;
};`;

const stack = ({ timeout = 10, queues = ['letters'], key = 'id' } = {}) => `
const resource = (type, Properties) => ({ Type: 'AWS::' + type, Properties });
const queue = (QueueName) => [QueueName, resource('SQS::Queue', { QueueName })];
export const resources = (path) => ({
  Api: resource('ApiGatewayV2::Api', { Name: 'api', ProtocolType: 'HTTP' }),
  Stage: resource('ApiGatewayV2::Stage', { ApiId: { Ref: 'Api' }, StageName: '$default' }),
  Integration: resource('ApiGatewayV2::Integration', {
    ApiId: { Ref: 'Api' }, IntegrationType: 'AWS_PROXY', IntegrationUri: { 'Fn::GetAtt': ['Echo', 'Arn'] }, PayloadFormatVersion: '2.0',
  }),
  Route: resource('ApiGatewayV2::Route', {
    ApiId: { Ref: 'Api' }, RouteKey: 'GET ' + path, Target: { 'Fn::Join': ['', ['integrations/', { Ref: 'Integration' }]] },
  }),
  Echo: resource('Lambda::Function', {
    FunctionName: 'echo', Code: { ZipFile: ${JSON.stringify(CODE)} }, Handler: 'index.handler', Runtime: 'nodejs24.x', Timeout: ${timeout},
  }),
  Permission: resource('Lambda::Permission', {
    FunctionName: 'echo', Action: 'lambda:InvokeFunction', Principal: 'apigateway.amazonaws.com',
  }),
  Guests: resource('DynamoDB::Table', {
    TableName: 'guests', BillingMode: 'PAY_PER_REQUEST',
    KeySchema: [{ AttributeName: '${key}', KeyType: 'HASH' }], AttributeDefinitions: [{ AttributeName: '${key}', AttributeType: 'S' }],
  }),
  ...Object.fromEntries(${JSON.stringify(queues)}.map(queue)),
});
`;

const contract = (path: string) => `export const path = '${path}';\n`;

let folder: string;
let started: Spawned;
let state: Record<string, string>;

const write = (file: string, text: string) => writeFileSync(join(folder, file), text);

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'followed-'));
  mkdirSync(join(folder, 'src'));
  write('cdk.json', JSON.stringify({ app: 'node app.mjs', watch: { include: ['src/**', 'app.mjs'] } }));
  write('app.mjs', APP);
  write('src/contract.mjs', contract('/old'));
  write('src/stack.mjs', stack());
  started = spawnCommand('start', folder, ['--port', '0', '--endpoint-port', '0']);
  await started.line((line) => line.startsWith('Stop'));
  state = JSON.parse(readFileSync(join(folder, '.local', 'runtime.json'), 'utf8'));
});

afterEach(async () => {
  started.child.kill('SIGTERM');
  await started.ended;
});

const get = async (path: string) => (await fetch(`${state.apiUrl}${path}`)).status;

const control = async (path: string): Promise<unknown> =>
  (
    await fetch(`${state.controlUrl}/control/${path}`, { headers: { authorization: `Bearer ${state.controlToken}` } })
  ).json();

const call = (service: string, target: string, body: object) =>
  fetch(String(state.endpointUrl), {
    method: 'POST',
    headers: {
      'x-amz-target': target,
      'content-type': 'application/x-amz-json-1.0',
      authorization: `AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0`,
    },
    body: JSON.stringify(body),
  });

const QUEUE = () => `${state.endpointUrl}/000000000000/letters`;

const store = async () => {
  await call('dynamodb', 'DynamoDB_20120810.PutItem', { TableName: 'guests', Item: { id: { S: 'ann' } } });
  await call('sqs', 'AmazonSQS.SendMessage', { QueueUrl: QUEUE(), MessageBody: 'dear ann' });
};

const stored = async () => {
  const received: { Messages?: { Body: string }[] } = JSON.parse(
    await (await call('sqs', 'AmazonSQS.ReceiveMessage', { QueueUrl: QUEUE() })).text(),
  );
  return { tables: await control('tables/Shop'), messages: (received.Messages ?? []).map(({ Body }) => Body) };
};

const STORED = { tables: { items: [{ id: 'ann' }] }, messages: ['dear ann'] };

describe('editing what the assembly is made from while the system runs', () => {
  it('takes over a changed path of a contract, and keeps what was stored', async () => {
    await store();
    write('src/contract.mjs', contract('/new'));
    await started.line((line) =>
      /^src\/contract\.mjs synthesized .*changed 1 ApiGatewayV2 Route \(GET \/new\)/.test(line),
    );
    expect([await get('/old'), await get('/new')]).toEqual([404, 200]);
    expect(await stored()).toMatchObject(STORED);
  });

  it('takes over a new queue and a changed timeout, and keeps what was stored', async () => {
    await store();
    write('src/stack.mjs', stack({ timeout: 1, queues: ['letters', 'parcels'] }));
    await started.line((line) =>
      /^src\/stack\.mjs .*new 1 SQS Queue \(parcels\); changed 1 Lambda Function \(echo\)/.test(line),
    );
    expect(await get('/old')).toBe(500);
    expect(await control('queues')).toMatchObject([{ name: 'letters' }, { name: 'parcels' }]);
    expect(await stored()).toMatchObject(STORED);
  });

  it('says in one line what it could not take over, and what to do', async () => {
    await store();
    write('src/stack.mjs', stack({ key: 'name' }));
    expect(await started.line((line) => line.startsWith('not applied'))).toBe(
      'not applied: DynamoDB Table guests (its keys, indexes or stream changed). To apply it, restart archipelago-local start',
    );
    expect(await stored()).toMatchObject(STORED);
  });

  it("shows the app's error and goes on as before, until it is mended", async () => {
    write('src/stack.mjs', 'export const resources = () => { throw new Error("the stack is broken"); };\n');
    await started.line((line) => line.includes('the stack is broken'));
    expect(await get('/old')).toBe(200);
    write('src/stack.mjs', stack({ queues: ['letters', 'parcels'] }));
    await started.line((line) => line.includes('new 1 SQS Queue (parcels)'));
  });
});
