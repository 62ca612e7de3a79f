import { createHash } from 'node:crypto';
import type { QueueSource, ReceivedMessage, StreamRecord, StreamSource } from '../../src/core/ports.ts';

export const QUEUE_ARN = 'arn:aws:sqs:us-east-1:000000000000:orders-commands';
export const STREAM_ARN = 'arn:aws:dynamodb:us-east-1:000000000000:table/orders/stream/2026-01-01T00:00:00.000';

/** A queue whose messages, once received, stay invisible until they are deleted. */
export const fakeQueue = () => {
  const visible: ReceivedMessage[] = [];
  const received = new Map<string, ReceivedMessage>();
  const listeners = new Set<() => void>();
  let sent = 0;
  const source: QueueSource = {
    exists: () => true,
    receive: (_arn, maxMessages) => {
      const messages = visible.splice(0, maxMessages);
      for (const message of messages) received.set(message.receiptHandle, message);
      return messages;
    },
    delete: (_arn, receiptHandle) => {
      received.delete(receiptHandle);
    },
    release: () => undefined,
    outlook: () => ({ visibleAtMs: 0 }),
    onVisible: (_arn, notify) => {
      listeners.add(notify);
      return () => listeners.delete(notify);
    },
  };
  return {
    source,
    send: (...bodies: readonly string[]) => {
      for (const body of bodies) {
        const number = ++sent;
        visible.push({
          messageId: `message-${number}`,
          receiptHandle: `receipt-${number}`,
          body,
          md5OfBody: createHash('md5').update(body).digest('hex'),
          attributes: { ApproximateReceiveCount: '1', SentTimestamp: '1767225600000', SenderId: 'AROAEXAMPLE' },
          messageAttributes: { kind: { DataType: 'String', StringValue: 'command' } },
        });
      }
      for (const notify of listeners) notify();
    },
    /** What was received and neither deleted nor released. */
    held: () => [...received.values()].map(({ body }) => body),
    waiting: () => visible.length,
  };
};

/** A stream with one shard; an item's key is its `id` up to a `#`, behind which its changes can be counted. */
export const fakeStream = (now: () => number) => {
  const records: StreamRecord[] = [];
  const listeners = new Set<() => void>();
  const source: StreamSource = {
    read: async (_arn, after, limit) => {
      const sequence = typeof after === 'string' ? '0' : after.sequence;
      return records.filter(({ sequenceNumber }) => BigInt(sequenceNumber) > BigInt(sequence)).slice(0, limit);
    },
    onRecords: (_arn, notify) => {
      listeners.add(notify);
      return () => listeners.delete(notify);
    },
  };
  return {
    source,
    write: (...ids: readonly string[]) => {
      for (const id of ids) {
        const sequenceNumber = String(10n ** 20n + BigInt(records.length + 1));
        const image = { id: { S: id }, kind: { S: id.split('-')[0] ?? '' } };
        records.push({
          sequenceNumber,
          approximateCreationMs: now(),
          record: {
            eventID: sequenceNumber,
            eventName: 'INSERT',
            eventSource: 'aws:dynamodb',
            dynamodb: { Keys: { id: { S: id.split('#')[0] ?? '' } }, NewImage: image, SequenceNumber: sequenceNumber },
          },
        });
      }
      for (const notify of listeners) notify();
    },
    sequenceOf: (index: number) => records[index]?.sequenceNumber,
  };
};
