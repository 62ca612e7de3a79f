import type { MessageContract } from '../messages/contract.ts';
import type { Cause, Departing, Message } from '../messages/message.ts';
import { queueOf } from '../messages/queue-name.ts';
import { readMessage } from '../messages/read-message.ts';
import { type Recorded, type RecordingTools, record } from '../messages/recording.ts';
import { isObject, type JsonObject } from '../values/json.ts';

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

/** A message of a commit, on its way to the row that is committed. */
export interface Departure {
  readonly destination: Destination;
  readonly message: Departing;
}

/** A message recorded by its contract, with the destination that the contract gives it. Throws as `record` does. */
export const outgoing = <Data>(
  contract: MessageContract<string, Data>,
  recorded: Recorded<NoInfer<Data>>,
  cause: Cause,
  tools: RecordingTools,
  delaySeconds?: number,
): Departure => ({
  destination: destinationOf(contract, delaySeconds),
  message: record(contract, recorded, cause, tools),
});

export const isDestination = (value: unknown): value is Destination =>
  isObject(value) && (value.kind === 'bus' || (value.kind === 'queue' && typeof value.queue === 'string'));

/** The kind of a row that holds one message, as releases before derived messages wrote it. */
export const OUTBOX_ROW = 'outbox';

export const isOutboxRow = (item: JsonObject): boolean => item.kind === OUTBOX_ROW;

/** Throws an Error for a row that no release wrote. */
export const readOutboxRow = (item: JsonObject): OutboxMessage => {
  const { destination } = item;
  if (!isDestination(destination)) throw new Error('an outbox row names no destination');
  return { destination, message: readMessage(item.message) };
};
