import { beforeEach, describe, expect, it } from '@jest/globals';
import { relayHandler } from '../../../functions/edge/messages/relay.ts';
import { resendHandler } from '../../../functions/edge/messages/resend.ts';
import type { Message } from '../../../functions/kernel/messages/message.ts';
import type { CommandQueues, EventBus } from '../../../functions/kernel/messages/publishing.ts';
import { createMemoryTable } from '../../../functions/kernel/stores/memory-table.ts';
import type { Destination } from '../../../functions/kernel/stores/outbox.ts';
import { parkedMessages } from '../../../functions/kernel/stores/parking.ts';
import type { LeavingRows } from '../../../functions/kernel/stores/scan.ts';
import type { Item, Table } from '../../../functions/kernel/stores/table.ts';
import type { JsonObject } from '../../../functions/kernel/values/json.ts';
import { messageOf } from '../../support/messages.ts';
import { outboxRow } from '../../support/outbox-row.ts';
import { createRecordingRuntime, type RecordingRuntime } from '../../support/recording-runtime.ts';
import { type StreamChange, streamEvent } from '../../support/stream-event.ts';

const bus: Destination = { kind: 'bus' };
const row = (order: string, version: number, destination: Destination = bus): Item =>
  outboxRow(destination, messageOf('OrderPlaced.v1', order, version, { n: version }));

let sent: string[];
let calls: string[][];
/** Ids that the other side turns down. */
let refused: Set<string>;
let commands: [string, string, number | undefined][];
let table: Table;
let runtime: RecordingRuntime;
beforeEach(() => {
  table = createMemoryTable();
  runtime = createRecordingRuntime();
  sent = [];
  calls = [];
  refused = new Set();
  commands = [];
});

const recordingBus: EventBus = {
  publish: async (messages) => {
    calls.push(messages.map(({ metadata }) => metadata.id));
    const failed = messages.flatMap(({ metadata }, position) => (refused.has(metadata.id) ? [position] : []));
    for (const { metadata } of messages) if (!refused.has(metadata.id)) sent.push(metadata.id);
    return { failed };
  },
};
const recordingQueues: CommandQueues = {
  send: async (queue, { metadata }: Message, delaySeconds) => {
    if (refused.has(metadata.id)) throw new Error('no such queue');
    commands.push([queue, metadata.id, delaySeconds]);
  },
};
const noRows: LeavingRows = { page: async () => ({ rows: [], read: 0 }) };
const ports = () => ({ bus: recordingBus, queues: recordingQueues, table, tableName: 'orders', leaving: noRows });
const relay = async (...changes: readonly StreamChange[]) => {
  const handler = relayHandler(ports(), runtime);
  return (await handler(streamEvent(...changes))).batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
};
const context = { awsRequestId: 'request', getRemainingTimeInMillis: () => 50_000 };
/** One run of the function that sends parked messages again. */
const resend = () => resendHandler(ports(), runtime)({ id: 'run' }, context);
const parkedIds = async () => (await parkedMessages(table, 100)).map(({ message }) => message.metadata.id).sort();
const sequence = (position: number) => `000000000000000000${100 + position}`;

describe('the relay', () => {
  it('sends inserted outbox rows, and nothing else that the table does', async () => {
    const other = { pk: 'USER#1', sk: 'USER', kind: 'user' };
    const failures = await relay(
      { item: row('a', 1) },
      { item: other },
      { item: row('b', 1), name: 'REMOVE' },
      { item: row('c', 1), name: 'MODIFY' },
    );
    expect(failures).toEqual([]);
    expect(sent).toEqual(['a-1']);
  });

  it('sends commands to their queue, with their delay', async () => {
    await relay(
      { item: row('a', 1, { kind: 'queue', queue: 'catalog-reserve-stock' }) },
      { item: row('a', 2, { kind: 'queue', queue: 'orders-check-deadline', delaySeconds: 60 }) },
    );
    expect(commands).toEqual([
      ['catalog-reserve-stock', 'a-1', undefined],
      ['orders-check-deadline', 'a-2', 60],
    ]);
  });

  it('completes a command when it sends it, and parks it without that', async () => {
    const contents: JsonObject[] = [];
    const send: CommandQueues['send'] = async (_queue, { data }, _delaySeconds, near) => {
      if (refused.has('all')) throw new Error('no such queue');
      contents.push({ ...data, near: near ?? null });
    };
    const complete = async (command: Message) => ({ ...command, data: { ...command.data, secret: 'tok_secret' } });
    const completing = { ...ports(), queues: { send }, complete };
    const changes = streamEvent({ item: row('a', 1, { kind: 'queue', queue: 'payments-capture-payment' }) });
    refused.add('all');
    await relayHandler(completing, runtime)(changes);
    expect(await parkedIds()).toEqual(['a-1']);
    expect(JSON.stringify((await parkedMessages(table, 1)).map(({ message }) => message))).not.toContain('tok_secret');
    refused.clear();
    runtime.advance(60_000);
    await resendHandler(completing, runtime)({ id: 'run' }, context);
    await relayHandler(completing, runtime)(changes);
    const near = expect.stringMatching(/^arn:aws:dynamodb:us-east-1:000000000000:table/);
    expect(contents).toEqual([
      { n: 1, secret: 'tok_secret', near: null },
      { n: 1, secret: 'tok_secret', near },
    ]);
  });

  it('parks a command that it cannot complete', async () => {
    const complete = () => Promise.reject(new Error('no table'));
    const changes = streamEvent({ item: row('a', 1, { kind: 'queue', queue: 'payments-capture-payment' }) });
    await relayHandler({ ...ports(), complete }, runtime)(changes);
    expect([commands, await parkedIds()]).toEqual([[], ['a-1']]);
  });

  it('keeps the order of each aggregate and never sends two of one together', async () => {
    await relay({ item: row('a', 1) }, { item: row('a', 2) }, { item: row('b', 1) }, { item: row('a', 3) });
    expect(calls).toEqual([['a-1', 'b-1'], ['a-2'], ['a-3']]);
  });

  // Smell 5: a 200 with FailedEntryCount loses an event.
  it('parks what was not sent and sends everything else, also of the same aggregate', async () => {
    refused.add('b-1');
    const failures = await relay(
      { item: row('a', 1) },
      { item: row('b', 1) },
      { item: row('b', 2) },
      { item: row('c', 1) },
    );
    expect(failures).toEqual([]);
    expect(sent).toEqual(['a-1', 'c-1', 'b-2']);
    expect(await parkedIds()).toEqual(['b-1']);
  });

  it('asks a queue that is not there a few times in a run, and lets it stop no other', async () => {
    const away: Destination = { kind: 'queue', queue: 'catalog-release-stock' };
    const there: Destination = { kind: 'queue', queue: 'payments-capture-payment' };
    for (const order of ['a', 'b', 'c']) refused.add(`${order}-1`);
    const orders = ['a', 'b', 'c'].flatMap((order) => [
      { item: row(order, 1, away) },
      { item: row(order, 2, there) },
      { item: row(order, 3) },
    ]);
    expect(await relay(...orders)).toEqual([]);
    expect(commands.map(([, id]) => id)).toEqual(['a-2', 'b-2', 'c-2']);
    expect(sent).toEqual(['a-3', 'b-3', 'c-3']);
    expect(await parkedIds()).toEqual(['a-1', 'b-1', 'c-1']);
    refused.clear();
    expect(await relay({ item: row('d', 1, away) })).toEqual([]);
    expect(commands.at(-1)?.[1]).toBe('d-1');
  });

  it('gives a destination that hangs up for the rest of the run', async () => {
    let asked = 0;
    const hanging: CommandQueues = {
      send: async () => {
        asked += 1;
        throw new Error('timed out');
      },
    };
    const queue: Destination = { kind: 'queue', queue: 'catalog-release-stock' };
    const handler = relayHandler({ ...ports(), queues: hanging }, runtime);
    const event = streamEvent(...Array.from({ length: 20 }, (_, version) => ({ item: row('a', version + 1, queue) })));
    expect((await handler(event)).batchItemFailures).toEqual([]);
    expect(asked).toBe(3);
    expect(await parkedIds()).toHaveLength(20);
  });

  it('does not let one message that a queue refuses keep the others from it', async () => {
    const queue: Destination = { kind: 'queue', queue: 'catalog-release-stock' };
    refused.add('a-1');
    await relay(...[1, 2, 3, 4].map((version) => ({ item: row('a', version, queue) })));
    expect(commands.map(([, id]) => id)).toEqual(['a-2', 'a-3', 'a-4']);
  });

  it('parks events when the bus cannot be reached, and sends commands', async () => {
    const down: EventBus = { publish: () => Promise.reject(new Error('down')) };
    const handler = relayHandler({ ...ports(), bus: down }, runtime);
    const queue: Destination = { kind: 'queue', queue: 'payments-capture-payment' };
    const event = streamEvent({ item: row('a', 1) }, { item: row('b', 1, queue) });
    expect((await handler(event)).batchItemFailures).toEqual([]);
    expect(commands.map(([, id]) => id)).toEqual(['b-1']);
    expect(await parkedIds()).toEqual(['a-1']);
  });

  it('parks more than one commit can hold', async () => {
    const many = Array.from({ length: 60 }, (_, number) => `o${number}`);
    for (const order of many) refused.add(`${order}-1`);
    expect(await relay(...many.map((order) => ({ item: row(order, 1) })))).toEqual([]);
    expect(await parkedIds()).toHaveLength(60);
  });

  it('resumes at the oldest message when it cannot even be parked', async () => {
    refused.add('b-1');
    const full = { commit: () => Promise.reject(new Error('throttled')) };
    const handler = relayHandler({ ...ports(), table: full }, runtime);
    const event = streamEvent({ item: row('a', 1) }, { item: row('b', 1) }, { item: row('c', 1) });
    expect((await handler(event)).batchItemFailures).toEqual([{ itemIdentifier: sequence(1) }]);
    expect(sent).toEqual(['a-1', 'c-1']);
  });

  it('puts a row that cannot be read aside, whole, and goes on', async () => {
    const broken = { pk: 'OUTBOX#x', sk: '1', kind: 'outbox', destination: { kind: 'moon' } };
    expect(await relay({ item: row('a', 1) }, { item: broken }, { item: row('b', 1) })).toEqual([]);
    expect(sent).toEqual(['a-1', 'b-1']);
    const { items } = await table.query({ pk: 'UNREADABLE', limit: 10 });
    expect(items).toMatchObject([{ sk: sequence(1), row: broken }]);
    expect(runtime.measures).toContainEqual({
      parked: { value: 1, unit: 'Count' },
      unreadable: { value: 1, unit: 'Count' },
    });
  });
});

describe('a parked message', () => {
  const MINUTE_MS = 60_000;
  const park = async () => {
    refused.add('a-1');
    await relay({ item: row('a', 1, { kind: 'queue', queue: 'orders-check-deadline', delaySeconds: 600 }) });
  };

  it('is sent again after a minute, and then no more', async () => {
    await park();
    refused.clear();
    await resend();
    expect(commands).toEqual([]);
    runtime.advance(MINUTE_MS);
    await resend();
    await resend();
    expect(commands.map(([, id]) => id)).toEqual(['a-1']);
    expect(await parkedIds()).toEqual([]);
  });

  it('is due no later than it was to be: its delay runs from when it was made', async () => {
    await park();
    refused.clear();
    runtime.advance(4 * MINUTE_MS);
    await resend();
    expect(commands).toEqual([['orders-check-deadline', 'a-1', 360]]);
  });

  it('is sent after any outage, in pauses that grow to a quarter of an hour', async () => {
    await park();
    let attempts = 0;
    const counting: CommandQueues = {
      send: async () => {
        attempts += 1;
        throw new Error('no such queue');
      },
    };
    const failing = resendHandler({ ...ports(), queues: counting }, runtime);
    for (let minute = 0; minute < 3 * 24 * 60; minute += 1) {
      runtime.advance(MINUTE_MS);
      await failing({ id: 'run' }, context);
    }
    expect(attempts).toBeGreaterThan((3 * 24 * 60) / 16);
    expect(attempts).toBeLessThan((3 * 24 * 60) / 14);
    refused.clear();
    runtime.advance(15 * MINUTE_MS);
    await resend();
    expect(commands).toEqual([['orders-check-deadline', 'a-1', 0]]);
  });

  it('says how old the oldest is, and 0 when there is none', async () => {
    await park();
    runtime.advance(20 * MINUTE_MS);
    await resend();
    const ages = () => runtime.measures.flatMap(({ oldestParked }) => (oldestParked ? [oldestParked.value] : []));
    expect(ages()).toEqual([20 * MINUTE_MS]);
    refused.clear();
    runtime.advance(15 * MINUTE_MS);
    await resend();
    expect(ages()).toEqual([20 * MINUTE_MS, 0]);
  });
});
