import type { MessageContract } from '../messages/contract.ts';
import type { Cause, Message } from '../messages/message.ts';
import { queueOf } from '../messages/queue-name.ts';
import { readMessage } from '../messages/read-message.ts';
import { type Recorded, type RecordingTools, record } from '../messages/recording.ts';
import { epochSeconds } from '../ports/clock.ts';
import { isObject, type JsonObject } from '../values/json.ts';
import type { Write } from './table.ts';

export type Destination =
  | { readonly kind: 'bus' }
  /** `queue` is `<service>-<command in kebab case>`; a delay is at most 900 s. */
  | { readonly kind: 'queue'; readonly queue: string; readonly delaySeconds?: number };

export interface OutboxMessage {
  readonly destination: Destination;
  readonly message: Message;
}

/** An event goes to the bus, a command to the queue of the service that takes it. */
const destinationOf = (contract: MessageContract, delaySeconds?: number): Destination =>
  contract.kind === 'event'
    ? { kind: 'bus' }
    : { kind: 'queue', queue: queueOf(contract), ...(delaySeconds !== undefined && { delaySeconds }) };

/** A message recorded by its contract, with the destination that the contract gives it. Throws as `record` does. */
export const outgoing = <Data>(
  contract: MessageContract<string, Data>,
  recorded: Recorded<NoInfer<Data>>,
  cause: Cause,
  tools: RecordingTools,
  delaySeconds?: number,
): OutboxMessage => ({
  destination: destinationOf(contract, delaySeconds),
  message: record(contract, recorded, cause, tools),
});

const KIND = 'outbox';

/** Longer than the day a stream keeps its records, so that what a stalled relay missed can still be sent again. */
const KEPT_SECONDS = 7 * 24 * 60 * 60;

/** The message as a row in the same commit as the state it speaks of; the relay sends it once it is in the stream. */
export const outboxWrite = ({ destination, message }: OutboxMessage): Write => ({
  kind: 'insert',
  item: {
    pk: `OUTBOX#${message.metadata.aggregate}`,
    sk: message.metadata.id,
    kind: KIND,
    destination: { ...destination },
    message: { type: message.type, data: message.data, metadata: { ...message.metadata } },
    expiresAt: epochSeconds(Date.parse(message.metadata.occurredAt)) + KEPT_SECONDS,
  },
});

export const isOutboxRow = (item: JsonObject): boolean => item.kind === KIND;

export const isDestination = (value: unknown): value is Destination =>
  isObject(value) && (value.kind === 'bus' || (value.kind === 'queue' && typeof value.queue === 'string'));

/** What `outboxWrite` wrote. Throws an Error for a row that it did not write. */
export const readOutboxRow = (item: JsonObject): OutboxMessage => {
  const { destination } = item;
  if (!isDestination(destination)) throw new Error('an outbox row names no destination');
  return { destination, message: readMessage(item.message) };
};
