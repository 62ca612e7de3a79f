import { readMessage } from '../messages/read-message.ts';
import type { Random } from '../ports/runtime.ts';
import { isDestination, type OutboxMessage } from './outbox.ts';
import type { Item, Table, Write } from './table.ts';

/**
 * What the relay could not send lies in the service's own table, with its content and without an expiry, until it is
 * sent: a queue would drop it after 14 days. Soonest attempt first.
 */
export interface ParkedMessage extends OutboxMessage {
  readonly parkedAtMs: number;
  readonly attempts: number;
  readonly nextAttemptAtMs: number;
}

/** The partition of the rows, to which the roles that park and send again are confined. */
export const PARKED = 'PARKED';

/** The partition of rows that cannot be read: they wait for a person, not for another attempt. */
export const UNREADABLE = 'UNREADABLE';

const FIRST_PAUSE_MS = 60_000;
const LONGEST_PAUSE_MS = 900_000;

/** Digits of epoch milliseconds until the year 5138. */
const TIME_DIGITS = 14;

const timeKey = (epochMs: number): string => String(epochMs).padStart(TIME_DIGITS, '0');

const keyOf = ({ nextAttemptAtMs, message }: ParkedMessage) => ({
  pk: PARKED,
  sk: `${timeKey(nextAttemptAtMs)}#${message.metadata.id}`,
});

/** The time of the attempt after `attempts` failed ones; spread, so that what failed together is not tried together. */
const nextAttempt = (attempts: number, nowMs: number, random: Random): number => {
  const pauseMs = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (attempts - 1));
  return nowMs + Math.floor(pauseMs * (1 - random() / 4));
};

const rowOf = (parked: ParkedMessage): Item => {
  const { message, destination, parkedAtMs, attempts } = parked;
  return {
    ...keyOf(parked),
    kind: 'parked',
    destination: { ...destination },
    message: { type: message.type, data: message.data, metadata: { ...message.metadata } },
    parkedAtMs,
    attempts,
    nextAttemptAtMs: parked.nextAttemptAtMs,
  };
};

export const parkWrite = ({ message, destination }: OutboxMessage, nowMs: number, random: Random): Write => ({
  kind: 'put',
  item: rowOf({ message, destination, parkedAtMs: nowMs, attempts: 1, nextAttemptAtMs: nextAttempt(1, nowMs, random) }),
});

/** Messages hold up to 64 KB each, and a commit 4 MB. */
const PARKED_TOGETHER = 25;

/** All, in parts that one commit takes. */
export const parkingCommits = <T>(all: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(all.length / PARKED_TOGETHER) }, (_, part) =>
    all.slice(part * PARKED_TOGETHER, (part + 1) * PARKED_TOGETHER),
  );

/** Where an unreadable row is kept in full; `position` is its name among them, such as its sequence number in the table's stream. */
export const unreadableWrite = (position: string, row: Item, nowMs: number): Write => ({
  kind: 'put',
  item: { pk: UNREADABLE, sk: position, kind: 'unreadable', row, foundAtMs: nowMs },
});

/** Puts a message off after another failed attempt. */
export const putOffWrites = (parked: ParkedMessage, nowMs: number, random: Random): readonly Write[] => {
  const attempts = parked.attempts + 1;
  const later = { ...parked, attempts, nextAttemptAtMs: nextAttempt(attempts, nowMs, random) };
  return [
    { kind: 'delete', key: keyOf(parked) },
    { kind: 'put', item: rowOf(later) },
  ];
};

export const unparkWrite = (parked: ParkedMessage): Write => ({ kind: 'delete', key: keyOf(parked) });

/** Throws an Error for a row that `parkWrite` did not write. */
const readParked = ({ destination, message, parkedAtMs, attempts, nextAttemptAtMs }: Item): ParkedMessage => {
  if (!isDestination(destination)) throw new Error('a parked row names no destination');
  return {
    destination,
    message: readMessage(message),
    parkedAtMs: Number(parkedAtMs),
    attempts: Number(attempts),
    nextAttemptAtMs: Number(nextAttemptAtMs),
  };
};

/** At most `limit` parked messages, soonest attempt first; consistent, so that one just sent is not seen again. */
export const parkedMessages = async (table: Table, limit: number): Promise<readonly ParkedMessage[]> => {
  const { items } = await table.query({ pk: PARKED, limit, consistent: true });
  return items.map(readParked);
};
