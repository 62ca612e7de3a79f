import { readFileSync } from 'node:fs';
import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../support/eventually.ts';
import { crowdCases } from './cases/crowd.ts';
import { operatorCases } from './cases/operators.ts';
import { rebuildCases } from './cases/rebuild.ts';
import { registryFloodCases } from './cases/registry-flood.ts';
import { secretCases } from './cases/secrets.ts';
import { securityCases } from './cases/security.ts';
import { clientOf } from './client.ts';
import { describeSystem } from './describe-system.ts';
import { orderEnding, place, registered, stocked } from './people.ts';
import { runQuickStart } from './quick-start.ts';
import { type RunningHere, startSystem } from './system.ts';

const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };

let running: RunningHere | undefined;

const system = (): RunningHere => {
  if (!running) throw new Error('the system did not start');
  return running;
};

beforeAll(async () => {
  running = await startSystem();
}, 60_000);

afterAll(async () => {
  await running?.stop();
});

describe("the README's quick start", () => {
  it('answers in a shell what the page promises', async () => {
    const { commands, answered, promises, broken } = await runQuickStart(system());
    expect(broken).toEqual([]);
    expect(answered).toBe(commands);
    expect(promises.length).toBeGreaterThan(5);
  }, 120_000);
});

describe("the control API's page", () => {
  it('has every operation that there is', async () => {
    const { controlUrl, controlToken } = system();
    const { status, text } = await clientOf(controlUrl, controlToken)('GET', '/control/nothing');
    expect(status).toBe(404);
    const operations = [...text.matchAll(/(GET|POST) \/control\/[a-z]+/g)].map(([operation]) => operation);
    expect(operations.length).toBeGreaterThan(5);
    const page = readFileSync('docs/laptop.md', 'utf8');
    expect(operations.filter((operation) => !page.includes(operation))).toEqual([]);
  });
});

interface Listed {
  readonly id: string;
  readonly name: string;
  readonly traceId: string;
  readonly segmentId: string;
  readonly parent_id?: string;
  readonly target: string;
  readonly status: number;
}

describe('what one order caused', () => {
  it('is one trace, but for what streams begin, and is found by the correlation id', async () => {
    const sku = await stocked(system(), 5);
    const { client } = await registered(system());
    const placed = await place(client, sku, { token: 'tok_lost_reply' });
    expect(await orderEnding(client, placed.body.id)).toMatchObject({ status: 'CONFIRMED' });
    await system().settled();
    const control = clientOf(system().controlUrl, system().controlToken);
    const listed = async (kind: string): Promise<readonly Listed[]> => {
      const id = placed.headers.get('x-correlation-id');
      return JSON.parse((await control('GET', `/control/${kind}?correlationId=${id}`)).text);
    };
    const segments = await listed('traces');
    const [order] = segments.filter(({ name }) => name === 'place-order');
    const spansOf = (name: string) => segments.filter((segment) => segment.name === name);
    const steps = ['ReserveStock', 'StockReserved', 'CapturePayment', 'PaymentCaptured', 'OrderConfirmed'];
    for (const name of [...steps.map((step) => `${step}.v1`), 'POST /charges', 'create-charge']) {
      expect([name, spansOf(name).map(({ traceId }) => traceId)]).toEqual([
        name,
        expect.arrayContaining([order?.traceId]),
      ]);
      expect([name, new Set(spansOf(name).map(({ traceId }) => traceId)).size]).toEqual([name, 1]);
    }
    const elsewhere = segments.filter(
      ({ traceId, name }) => traceId !== order?.traceId && !/-(relay|project)/.test(name),
    );
    expect(new Set(elsewhere.map(({ name }) => name))).toEqual(new Set(['relay', 'project']));
    const [capture] = segments.filter(({ name }) => name.endsWith('-capture-payment'));
    expect(spansOf('POST /charges').map((span) => span.parent_id)).toEqual([capture?.segmentId, capture?.segmentId]);
    const requests = (await listed('requests')).map(({ target, status }) => `${target} ${status}`);
    expect(requests.toSorted()).toEqual(['/charges 201', '/charges 500', '/orders 202']);
  });
});

describe('an event that is replaced in its table', () => {
  it('is found by the projection, which leaves the view as it was', async () => {
    const sku = await stocked(system(), 1);
    const { client } = await registered(system());
    const { body } = await place(client, sku);
    await orderEnding(client, body.id);
    const { endpointUrl, controlUrl, controlToken } = system();
    const dynamodb = new DynamoDBClient({ endpoint: endpointUrl, region: 'us-east-1', credentials });
    const TableName = 'archipelago-dev-orders-events';
    const Key = { pk: { S: `STREAM#${body.id}` }, sk: { S: 'EVENT#0000000001' } };
    const { Item } = await dynamodb.send(new GetItemCommand({ TableName, Key }));
    await dynamodb.send(
      new PutItemCommand({ TableName, Item: { ...Item, occurredAt: { S: '1970-01-01T00:00:00.000Z' } } }),
    );
    const control = clientOf(controlUrl, controlToken);
    await eventually('the log names it', async () => {
      const { text } = await control('GET', '/control/logs');
      return text.includes('event rewritten') && text.includes(`STREAM#${body.id}`);
    });
    await dynamodb.send(new PutItemCommand({ TableName, Item }));
    dynamodb.destroy();
  });
});

describe('a malformed message', () => {
  it('is a dead letter at once, with what was wrong', async () => {
    const { endpointUrl } = system();
    const client = new SQSClient({
      endpoint: endpointUrl,
      region: 'us-east-1',
      credentials,
    });
    const urlOf = (queue: string) => `${endpointUrl}/000000000000/archipelago-dev-catalog-${queue}`;
    await client.send(new SendMessageCommand({ QueueUrl: urlOf('reserve-stock'), MessageBody: '{"type":' }));
    const letter = await eventually('the message is a dead letter', async () => {
      const QueueUrl = urlOf('reserve-stock-dead-letters');
      const { Messages = [] } = await client.send(
        new ReceiveMessageCommand({ QueueUrl, MessageAttributeNames: ['All'], VisibilityTimeout: 0 }),
      );
      return Messages[0];
    });
    client.destroy();
    expect(letter).toMatchObject({
      Body: '{"type":',
      MessageAttributes: { reason: { StringValue: 'malformed' }, error: { StringValue: 'the body is not JSON' } },
    });
  });
});

describe('a payment token', () => secretCases(system));

describeSystem(system);

describe('npm run rebuild', () => rebuildCases(system));
describe('an operator', () => operatorCases(system));

describe('a crowd', () => crowdCases(system));

describe('a stranger', () => securityCases(system));

describe('a flood of registrations', () => registryFloodCases(system));

interface Refused {
  readonly arn: string;
  readonly construct?: string;
  readonly denied: readonly { readonly action: string; readonly resource: string }[];
}

// The last: it looks back on all the others.
describe('what functions did in all of this', () => {
  it('was allowed by the policies of the templates', async () => {
    const { controlUrl, controlToken } = system();
    const { text } = await clientOf(controlUrl, controlToken)('GET', '/control/permissions');
    const holders: readonly Refused[] = JSON.parse(text);
    const refused = holders.flatMap(({ arn, construct = arn, denied }) =>
      denied.map(({ action, resource }) => `${construct}: ${action} on ${resource}`),
    );
    expect(holders.length).toBeGreaterThan(50);
    expect(refused).toEqual([]);
  });
});
