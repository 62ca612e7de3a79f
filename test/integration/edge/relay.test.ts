import { beforeEach, describe, expect, it } from '@jest/globals';
import { relayHandler } from '../../../functions/edge/messages/relay.ts';
import type { Message } from '../../../functions/kernel/messages/message.ts';
import type { CommandQueues, EventBus } from '../../../functions/kernel/messages/publishing.ts';
import { type Destination, outboxWrite } from '../../../functions/kernel/stores/outbox.ts';
import type { Item } from '../../../functions/kernel/stores/table.ts';
import { messageOf } from '../../support/messages.ts';
import { createRecordingRuntime } from '../../support/recording-runtime.ts';
import { type StreamChange, streamEvent } from '../../support/stream-event.ts';

const bus: Destination = { kind: 'bus' };
const row = (order: string, version: number, destination: Destination = bus): Item => {
  const write = outboxWrite({ destination, message: messageOf('OrderPlaced.v1', order, version, { n: version }) });
  if (write.kind !== 'insert') throw new Error('an outbox row is inserted');
  return write.item;
};

let sent: string[];
let calls: string[][];
/** Ids that the other side turns down. */
let refused: Set<string>;
let commands: [string, string, number | undefined][];
beforeEach(() => {
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
const relay = async (...changes: readonly StreamChange[]) => {
  const handler = relayHandler({ bus: recordingBus, queues: recordingQueues }, createRecordingRuntime());
  return (await handler(streamEvent(...changes))).batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
};
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

  it('keeps the order of each aggregate and never sends two of one together', async () => {
    await relay({ item: row('a', 1) }, { item: row('a', 2) }, { item: row('b', 1) }, { item: row('a', 3) });
    expect(calls).toEqual([['a-1', 'b-1'], ['a-2'], ['a-3']]);
  });

  // Smell 5: a 200 with FailedEntryCount loses an event.
  it('resumes at the oldest message that was not sent, and lets none of its aggregate overtake it', async () => {
    refused.add('b-1');
    const failures = await relay(
      { item: row('a', 1) },
      { item: row('b', 1) },
      { item: row('b', 2) },
      { item: row('c', 1) },
    );
    expect(failures).toEqual([sequence(1)]);
    expect(sent).toEqual(['a-1', 'c-1']);
  });

  it('resumes at the oldest of events and commands that failed', async () => {
    refused.add('a-1').add('c-1');
    const queue: Destination = { kind: 'queue', queue: 'payments-capture-payment' };
    expect(await relay({ item: row('b', 1) }, { item: row('a', 1, queue) }, { item: row('c', 1) })).toEqual([
      sequence(1),
    ]);
    expect(sent).toEqual(['b-1']);
  });

  it('resumes at the first when the bus cannot be reached', async () => {
    const down: EventBus = { publish: () => Promise.reject(new Error('down')) };
    const handler = relayHandler({ bus: down, queues: recordingQueues }, createRecordingRuntime());
    const { batchItemFailures } = await handler(streamEvent({ item: row('a', 1) }, { item: row('b', 1) }));
    expect(batchItemFailures).toEqual([{ itemIdentifier: sequence(0) }]);
  });

  it('sends what comes before a row that cannot be read, and resumes there', async () => {
    const broken = { pk: 'OUTBOX#x', sk: '1', kind: 'outbox', destination: { kind: 'moon' } };
    expect(await relay({ item: row('a', 1) }, { item: broken }, { item: row('b', 1) })).toEqual([sequence(1)]);
    expect(sent).toEqual(['a-1']);
  });
});
