import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SQSClient } from '@aws-sdk/client-sqs';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { createCommandQueues } from '../../../functions/adapters/aws/command-queues.ts';
import { createDynamoTable } from '../../../functions/adapters/aws/dynamo-table.ts';
import { createEmfMetrics } from '../../../functions/adapters/aws/emf-metrics.ts';
import { createEventBus } from '../../../functions/adapters/aws/event-bus.ts';
import { createSignedTransport } from '../../../functions/adapters/aws/signed-fetch.ts';
import { createConsoleLog } from '../../../functions/adapters/node/console-log.ts';
import { createUlids } from '../../../functions/adapters/node/ulids.ts';
import { count } from '../../../functions/kernel/ports/metrics.ts';
import type { CommitOptions } from '../../../functions/kernel/stores/table.ts';
import { messageOf } from '../../support/messages.ts';
import { type ScriptedAnswer, startScriptedServer } from '../../support/scripted-server.ts';

const settings = { region: 'us-east-1', credentials: { accessKeyId: 'id', secretAccessKey: 'secret' }, maxAttempts: 1 };
const json = (status: number, body: object): ScriptedAnswer => ({
  status,
  headers: { 'content-type': 'application/x-amz-json-1.0' },
  body: JSON.stringify(body),
});
const accepted = (id: number) => ({ EventId: `e-${id}` });
const turnedDown = { ErrorCode: 'ThrottlingException', ErrorMessage: 'slow down' };
const messages = (count: number, data = {}) =>
  Array.from({ length: count }, (_, index) => messageOf('OrderPlaced.v1', `o${index}`, 1, data));

describe('the event bus', () => {
  const publish = async (answers: readonly ScriptedAnswer[], count: number, data = {}) => {
    await using server = await startScriptedServer(...answers);
    const client = new EventBridgeClient({ ...settings, endpoint: server.url });
    const bus = createEventBus({ busName: 'archipelago-dev', source: 'orders', client });
    const result = await bus.publish(messages(count, data)).catch((thrown: unknown) => thrown);
    const sent = server.requests.map(({ body }) => JSON.parse(body).Entries);
    client.destroy();
    return {
      result,
      sent,
      ids: sent.map((entries) => entries.map((entry: { Detail: string }) => JSON.parse(entry.Detail).metadata.id)),
    };
  };

  // Smell 5: a result that nobody reads.
  it('sends again only the entries that were turned down', async () => {
    const first = { FailedEntryCount: 2, Entries: [accepted(0), turnedDown, accepted(2), turnedDown] };
    const second = { FailedEntryCount: 1, Entries: [turnedDown, accepted(3)] };
    const { result, ids } = await publish(
      [json(200, first), json(200, second), json(200, { FailedEntryCount: 0, Entries: [accepted(1)] })],
      4,
    );
    expect(ids).toEqual([['o0-1', 'o1-1', 'o2-1', 'o3-1'], ['o1-1', 'o3-1'], ['o1-1']]);
    expect(result).toEqual({ failed: [] });
  });

  it('says which stayed unsent after four attempts', async () => {
    const answers = [
      json(200, { FailedEntryCount: 1, Entries: [accepted(0), turnedDown] }),
      json(200, { FailedEntryCount: 1, Entries: [turnedDown] }),
    ];
    const { result, sent } = await publish(answers, 2);
    expect(result).toEqual({ failed: [1] });
    expect(sent).toHaveLength(4);
  });

  it('sends entries as rules read them, ten at most and a megabyte at most at once', async () => {
    const all = json(200, { FailedEntryCount: 0, Entries: [] });
    const { sent } = await publish([all], 11);
    expect(sent.map((entries) => entries.length)).toEqual([10, 1]);
    expect(sent[0][0]).toMatchObject({
      EventBusName: 'archipelago-dev',
      Source: 'orders',
      DetailType: 'OrderPlaced.v1',
      TraceHeader: 'Root=1-0af76519-16cd43dd8448eb211c80319c;Parent=b7ad6b7169203331;Sampled=1',
    });
    const big = await publish([all], 3, { text: 'x'.repeat(400_000) });
    expect(big.sent.map((entries) => entries.length)).toEqual([2, 1]);
  });

  it('is unavailable when it cannot be reached, and a defect of ours stays one', async () => {
    expect((await publish(['drop'], 1)).result).toMatchObject({ refusal: { outcome: 'unavailable' } });
    const denied = await publish([json(400, { __type: 'AccessDeniedException', message: 'no' })], 1);
    expect(denied.result).toMatchObject({ name: 'AccessDeniedException' });
  });
});

describe('command queues', () => {
  it('are found by name once and given the message with its delay', async () => {
    const url = 'http://127.0.0.1/000000000000/archipelago-dev-orders-check-deadline';
    const sent = json(200, { MessageId: 'm' });
    await using server = await startScriptedServer(json(200, { QueueUrl: url }), sent);
    const client = new SQSClient({ ...settings, endpoint: server.url, useQueueUrlAsEndpoint: false, md5: false });
    const queues = createCommandQueues({ prefix: 'archipelago-dev', client });
    const [message] = messages(1);
    if (message === undefined) throw new Error('one message was made');
    await queues.send('orders-check-deadline', message, 60);
    await queues.send('orders-check-deadline', message);
    client.destroy();
    const bodies = server.requests.map(({ body }) => JSON.parse(body));
    expect(bodies).toHaveLength(3);
    expect(bodies[0]).toEqual({ QueueName: 'archipelago-dev-orders-check-deadline' });
    expect(bodies[1]).toMatchObject({ QueueUrl: url, DelaySeconds: 60 });
    expect(JSON.parse(bodies[1].MessageBody)).toEqual(message);
    expect(bodies[2].DelaySeconds).toBeUndefined();
  });

  it('are not asked for where something near them is known', async () => {
    await using server = await startScriptedServer(json(200, { MessageId: 'm' }));
    const client = new SQSClient({ ...settings, endpoint: server.url, useQueueUrlAsEndpoint: false, md5: false });
    const [message] = messages(1);
    if (message === undefined) throw new Error('one message was made');
    const near = 'arn:aws:dynamodb:eu-west-1:123456789012:table/t/stream/2026-01-01T00:00:00.000';
    await createCommandQueues({ prefix: 'archipelago-dev', client }).send('orders-check-deadline', message, 60, near);
    client.destroy();
    expect(server.requests.map(({ body }) => JSON.parse(body))).toMatchObject([
      {
        QueueUrl: 'https://sqs.eu-west-1.amazonaws.com/123456789012/archipelago-dev-orders-check-deadline',
        DelaySeconds: 60,
      },
    ]);
  });
});

describe('a DynamoDB table under fault', () => {
  const cancelled = (...codes: string[]) =>
    json(400, {
      __type: 'com.amazonaws.dynamodb.v20120810#TransactionCanceledException',
      message: 'cancelled',
      CancellationReasons: codes.map((Code) => ({ Code })),
    });
  const write = (...answers: ScriptedAnswer[]) => writeWithin(undefined, ...answers);
  const writeWithin = async (options: CommitOptions | undefined, ...answers: ScriptedAnswer[]) => {
    await using server = await startScriptedServer(...answers);
    const client = new DynamoDBClient({ ...settings, endpoint: server.url });
    const table = createDynamoTable({ tableName: 't', client });
    const insert = (sk: string) => ({ kind: 'insert', item: { pk: 'p', sk } }) as const;
    const result = await table.commit([insert('a'), insert('b')], options).catch((thrown: unknown) => thrown);
    client.destroy();
    const tokens = server.requests.map(({ body }) => JSON.parse(body).ClientRequestToken);
    return { result, calls: server.requests.length, tokens };
  };

  it('repeats a transaction in conflict, with a new token, until it is through', async () => {
    const { result, calls, tokens } = await write(
      cancelled('TransactionConflict', 'None'),
      cancelled('None', 'ThrottlingError'),
      json(200, {}),
    );
    expect(result).toEqual({ kind: 'committed' });
    expect(calls).toBe(3);
    expect(new Set(tokens).size).toBe(3);
  });

  it('gives up after four conflicts as contended, after four throttles as unavailable', async () => {
    const contended = await write(cancelled('TransactionConflict', 'None'));
    expect(contended).toMatchObject({ result: { refusal: { outcome: 'contended' } }, calls: 4 });
    const throttled = await write(cancelled('None', 'ThrottlingError'));
    expect(throttled).toMatchObject({ result: { refusal: { outcome: 'unavailable' } }, calls: 4 });
  });

  it('repeats a conflict for as long as the caller may take, and begins none that could outlast it', async () => {
    const conflict = cancelled('TransactionConflict', 'None');
    const plenty = { remainingMs: () => 15_000 };
    const answers = [conflict, conflict, conflict, conflict, conflict, json(200, {})];
    expect(await writeWithin(plenty, ...answers)).toMatchObject({ result: { kind: 'committed' }, calls: 6 });
    let left = 7_000;
    const running = { remainingMs: () => (left -= 1_000) };
    const late = await writeWithin(running, conflict);
    expect(late).toMatchObject({ result: { refusal: { outcome: 'contended' } }, calls: 5 });
  });

  it('does not repeat when any reason is not transient', async () => {
    expect(await write(cancelled('TransactionConflict', 'ConditionalCheckFailed'))).toMatchObject({
      result: { kind: 'refused', refused: [1] },
      calls: 1,
    });
    expect(await write(cancelled('ConditionalCheckFailed', 'ValidationError'))).toMatchObject({
      result: { name: 'TransactionCanceledException' },
      calls: 1,
    });
  });

  it('never calls an unknown outcome a refusal', async () => {
    expect((await write('drop')).result).toMatchObject({ refusal: { outcome: 'unavailable' } });
    expect((await write(json(500, { __type: 'InternalServerError' }))).result).toMatchObject({
      refusal: { outcome: 'unavailable' },
    });
  });
});

describe('the signed transport', () => {
  beforeAll(() => {
    Object.assign(process.env, {
      AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'secret',
      AWS_REGION: 'us-east-1',
    });
  });
  const post = async (answer: ScriptedAnswer, timeoutMs = 2_000) => {
    await using server = await startScriptedServer(answer);
    const request = {
      url: `${server.url}/internal/PriceOf.v1`,
      body: '{}',
      headers: { 'x-correlation-id': 'c' },
      timeoutMs,
    };
    const result = await createSignedTransport()(request).catch((thrown: Error) => thrown.name);
    return { result, requests: [...server.requests] };
  };

  it('posts the body with a signature for Lambda over headers and body', async () => {
    const { result, requests } = await post({ status: 200, body: '{"amount":1}' });
    expect(result).toEqual({ status: 200, body: '{"amount":1}' });
    expect(requests[0]).toMatchObject({ method: 'POST', path: '/internal/PriceOf.v1', body: '{}' });
    expect(requests[0]?.headers.authorization).toMatch(
      /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d{8}\/us-east-1\/lambda\/aws4_request, SignedHeaders=[\w;-]*host[\w;-]*x-correlation-id, Signature=[0-9a-f]{64}$/,
    );
  });

  it('follows no redirect', async () => {
    const { result, requests } = await post({
      status: 302,
      headers: { location: 'http://169.254.169.254/' },
      body: '',
    });
    expect(result).toEqual({ status: 302, body: '' });
    expect(requests).toHaveLength(1);
  });

  it('gives up in time, and on an endless answer', async () => {
    expect((await post('hang', 50)).result).toBe('AbortError');
    expect((await post({ status: 200, body: 'x'.repeat(1024 * 1024 + 1) })).result).toBe('Error');
  });
});

describe('what a function says', () => {
  const clock = { now: () => Date.UTC(2026, 0, 1) };

  it('is one JSON object a line, whatever is in it', () => {
    const lines: string[] = [];
    const log = createConsoleLog(clock, { service: 's' }, (line) => lines.push(line)).with({ correlationId: 'c' });
    log.error('a\n{"level":"info"}', { note: '\u001b[31m\r\n\u2028' });
    expect(lines).toHaveLength(1);
    expect([...(lines[0] ?? '')].filter((character) => character < ' ')).toEqual([]);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      level: 'error',
      at: '2026-01-01T00:00:00.000Z',
      service: 's',
      correlationId: 'c',
    });
  });

  it('holds metrics as CloudWatch extracts them', () => {
    const lines: string[] = [];
    createEmfMetrics(clock, { service: 's', function: 'f' }, (line) => lines.push(line)).record({ requests: count(2) });
    expect(JSON.parse(lines[0] ?? '')).toEqual({
      _aws: {
        Timestamp: clock.now(),
        CloudWatchMetrics: [
          {
            Namespace: 'Archipelago',
            Dimensions: [['service', 'function']],
            Metrics: [{ Name: 'requests', Unit: 'Count' }],
          },
        ],
      },
      service: 's',
      function: 'f',
      requests: 2,
    });
  });

  it('holds a metric under one more dimension where one is named', () => {
    const lines: string[] = [];
    const metrics = createEmfMetrics(clock, { service: 's', function: 'f' }, (line) => lines.push(line));
    metrics.record({ calls: count(1) }, { apiVersion: '2' });
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      _aws: { CloudWatchMetrics: [{ Dimensions: [['service', 'function', 'apiVersion']] }] },
      apiVersion: '2',
    });
  });
});

describe('ULIDs', () => {
  it('are in the order in which they were made, even when the clock stands or goes back', () => {
    let nowMs = 1_767_225_600_000;
    const ids = createUlids({ now: () => nowMs });
    const made = Array.from({ length: 2_000 }, (_, index) => {
      if (index % 500 === 499) nowMs += index % 1_000 === 499 ? 5 : -9;
      return ids.next();
    });
    expect(made).toEqual(made.toSorted());
    expect(new Set(made).size).toBe(made.length);
    expect(made.every((id) => /^[0-9A-HJKMNP-TV-Z]{26}$/.test(id))).toBe(true);
  });

  it('begin with the time', () => {
    expect(createUlids({ now: () => 1_469_918_176_385 }).next()).toMatch(/^01ARYZ6S41/);
  });
});
