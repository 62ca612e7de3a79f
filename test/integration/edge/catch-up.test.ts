import { startEngine } from '@archipelago/local/testing';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createDynamoTable, createLeavingRows } from '../../../functions/adapters/aws/dynamo-table.ts';
import { relayHandler } from '../../../functions/edge/messages/relay.ts';
import { resendHandler } from '../../../functions/edge/messages/resend.ts';
import type { Message } from '../../../functions/kernel/messages/message.ts';
import { messageMembers } from '../../../functions/kernel/stores/derived-messages.ts';
import { parkedMessages } from '../../../functions/kernel/stores/parking.ts';
import type { Item, Table } from '../../../functions/kernel/stores/table.ts';
import type { JsonObject } from '../../../functions/kernel/values/json.ts';
import { departureOf, messageOf } from '../../support/messages.ts';
import { outboxRow } from '../../support/outbox-row.ts';
import { createRecordingRuntime } from '../../support/recording-runtime.ts';
import { streamEvent } from '../../support/stream-event.ts';
import { tableDefinition } from '../../support/table-definition.ts';

/** `messageOf` says when its messages occurred. */
const SINCE = '2026-01-01T00:00:00.000Z';
const BEFORE = '2025-12-31T23:59:59.999Z';
const PAGE = 3;

/** A row of which a message leaves, as a commit writes it. */
const committed = (order: string, version: number, occurredAt = SINCE): Item => ({
  pk: `STREAM#${order}`,
  sk: `EVENT#000000000${version}`,
  kind: 'event',
  version,
  ...messageMembers([departureOf('OrderPlaced.v1', order, version, { n: version })]),
  occurredAt,
});

let engine: Awaited<ReturnType<typeof startEngine>>;
let client: DynamoDBClient;
beforeAll(async () => {
  engine = await startEngine();
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  client = new DynamoDBClient({ endpoint: engine.endpoint, region: 'us-east-1', credentials });
}, 60_000);
afterAll(async () => {
  client.destroy();
  await engine.stop();
});

let tables = 0;
let tableName: string;
let table: Table;
let sent: Message[];
/** The aggregates of what was published together. */
let together: string[][];
/** Orders whose messages the bus turns down. */
let refused: Set<string>;
beforeEach(async () => {
  tables += 1;
  tableName = `caught-up-${tables}`;
  await engine.createTable(tableDefinition(tableName));
  table = createDynamoTable({ tableName, client });
  sent = [];
  together = [];
  refused = new Set();
});

const write = async (...items: readonly Item[]) => {
  for (const item of items) await table.commit([{ kind: 'put', item }]);
};

const ports = () => ({
  bus: {
    publish: async (messages: readonly Message[]) => {
      const isRefused = ({ metadata }: Message) => refused.has(metadata.aggregate);
      together.push(messages.map(({ metadata }) => metadata.aggregate));
      sent.push(...messages.filter((message) => !isRefused(message)));
      return { failed: messages.flatMap((message, position) => (isRefused(message) ? [position] : [])) };
    },
  },
  queues: { send: async () => undefined },
  table,
  tableName,
  leaving: createLeavingRows({ tableName, client, pageSize: PAGE }),
});

const catchUp = (asked: { readonly since: string; readonly start?: JsonObject }, remainingMs = 0) =>
  resendHandler(ports(), createRecordingRuntime())(asked, {
    awsRequestId: 'request',
    getRemainingTimeInMillis: () => remainingMs,
  });

/** Call after call, each with time for one page; answers what each said. */
const catchUpByPages = async (since = SINCE): Promise<readonly JsonObject[]> => {
  const answers: JsonObject[] = [];
  let start: JsonObject | undefined;
  do {
    const answer: JsonObject = (await catchUp({ since, ...(start && { start }) })) ?? {};
    answers.push(answer);
    start = Object(answer).next;
  } while (start);
  return answers;
};

const sum = (answers: readonly JsonObject[], name: string): number =>
  answers.reduce((total, answer) => total + Number(answer[name]), 0);

/** What the relay sends of the same rows. */
const relayed = async (...items: readonly Item[]): Promise<readonly Message[]> => {
  sent = [];
  await relayHandler(ports(), createRecordingRuntime())(streamEvent(...items.map((item) => ({ item }))));
  return sent;
};

const byId = (messages: readonly Message[]): readonly Message[] =>
  [...messages].sort((one, other) => (one.metadata.id < other.metadata.id ? -1 : 1));

describe('what the relay never saw', () => {
  const rows = ['a', 'b', 'c', 'd', 'e'].flatMap((order) => [committed(order, 1), committed(order, 2)]);
  const old = outboxRow({ kind: 'bus' }, messageOf('OrderPlaced.v1', 'f', 1));

  it('is sent from the table, page by page, with the ids and the content that the relay gives it', async () => {
    await write(...rows, old, { pk: 'USER#1', sk: 'USER', kind: 'user', occurredAt: SINCE });
    const answers = await catchUpByPages();
    const caughtUp = sent;
    expect(answers.length).toBeGreaterThan(2);
    for (const { read } of answers) expect(read).toBeLessThanOrEqual(PAGE);
    expect([sum(answers, 'read'), sum(answers, 'sent')]).toEqual([rows.length + 2, rows.length + 1]);
    expect(byId(caughtUp)).toEqual(byId(await relayed(...rows, old)));
  });

  it('is sent in the order of each aggregate, and never two of one together', async () => {
    await write(...rows);
    await catchUpByPages();
    for (const lane of Map.groupBy(sent, ({ metadata }) => metadata.aggregate).values())
      expect(lane.map(({ metadata }) => metadata.version)).toEqual([1, 2]);
    for (const aggregates of together) expect(new Set(aggregates).size).toBe(aggregates.length);
  });

  it('is sent by one call when there is time', async () => {
    await write(...rows);
    const answer = await catchUp({ since: SINCE }, 50_000);
    expect(answer).toEqual({ read: rows.length, sent: rows.length, parked: 0, unreadable: 0 });
  });

  it('is what was committed from that time on, and nothing of before', async () => {
    await write(committed('a', 1, BEFORE), committed('b', 1));
    const { metadata, ...message } = messageOf('OrderPlaced.v1', 'c', 1);
    await write(outboxRow({ kind: 'bus' }, { ...message, metadata: { ...metadata, occurredAt: BEFORE } }));
    await catchUpByPages('2026-01-01T01:00:00+01:00');
    expect(sent.map(({ metadata: { aggregate } }) => aggregate)).toEqual(['order/b']);
  });

  it('is parked when it cannot be sent, and stops nothing else', async () => {
    await write(...rows);
    refused.add('order/b');
    const answers = await catchUpByPages();
    expect([sum(answers, 'sent'), sum(answers, 'parked')]).toEqual([8, 2]);
    const parked = (await parkedMessages(table, 10)).map(({ message }) => message);
    refused.clear();
    expect(byId(parked)).toEqual(byId(await relayed(committed('b', 1), committed('b', 2))));
  });

  it('is put aside, once, when it cannot be read', async () => {
    const broken = { ...committed('a', 1), cause: 'none' };
    await write(broken, committed('b', 1));
    expect(sum(await catchUpByPages(), 'unreadable')).toBe(1);
    await catchUpByPages();
    const { items } = await table.query({ pk: 'UNREADABLE', limit: 10 });
    expect(items).toMatchObject([{ row: broken }]);
    expect(sent.map(({ metadata }) => metadata.aggregate)).toEqual(['order/b', 'order/b']);
  });

  it('fails the call when it cannot even be parked', async () => {
    await write(committed('a', 1));
    refused.add('order/a');
    const full: Table = { ...table, commit: () => Promise.reject(new Error('throttled')) };
    const asked = resendHandler({ ...ports(), table: full }, createRecordingRuntime());
    const context = { awsRequestId: 'request', getRemainingTimeInMillis: () => 50_000 };
    await expect(asked({ since: SINCE }, context)).rejects.toThrow('throttled');
  });

  it('is not looked for since a time that is none', async () => {
    await expect(catchUp({ since: 'yesterday' })).rejects.toThrow('since is no time like 2026-11-26T03:00:00Z');
  });
});
