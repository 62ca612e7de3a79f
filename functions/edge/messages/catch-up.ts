import { isoTime } from '../../kernel/ports/clock.ts';
import type { Log } from '../../kernel/ports/log.ts';
import type { Runtime } from '../../kernel/ports/runtime.ts';
import { derivedMessages, hasDerivedMessages } from '../../kernel/stores/derived-messages.ts';
import { type OutboxMessage, readOutboxRow } from '../../kernel/stores/outbox.ts';
import { parkingCommits, parkWrite, unreadableWrite } from '../../kernel/stores/parking.ts';
import type { LeavingRows } from '../../kernel/stores/scan.ts';
import type { Item, Table } from '../../kernel/stores/table.ts';
import { isObject, type JsonObject } from '../../kernel/values/json.ts';
import { errorFields } from '../error-fields.ts';
import type { MessageContext } from '../message-context.ts';
import { createSender, type Send, type SenderPorts, sendInOrder } from './sender.ts';

export interface CatchUpPorts extends SenderPorts {
  /** The service's own table, where what cannot be sent is parked. */
  readonly table: Pick<Table, 'commit'>;
  readonly tableName: string;
  readonly leaving: LeavingRows;
}

/** What a page may take when a destination does not answer. */
const MARGIN_MS = 30_000;

/** As long as a message's id. */
const ID_DIGITS = 32;

/** Throws an Error for what is no time. */
const sinceIn = ({ since }: JsonObject): string => {
  const atMs = typeof since === 'string' ? Date.parse(since) : Number.NaN;
  if (Number.isNaN(atMs)) throw new Error('since is no time like 2026-11-26T03:00:00Z');
  return isoTime(atMs);
};

interface Counts {
  readonly read: number;
  readonly sent: number;
  readonly parked: number;
  readonly unreadable: number;
}

const added = (one: Counts, other: Counts): Counts => ({
  read: one.read + other.read,
  sent: one.sent + other.sent,
  parked: one.parked + other.parked,
  unreadable: one.unreadable + other.unreadable,
});

/**
 * What a relay would have sent that did not run: a stream forgets after 24 hours, and the table does not. The messages of
 * each row since `since`, with the ids that the relay gives them; what cannot be sent is parked. Answers `next` while there
 * is more, which is given back as `start`. Throws when something could not even be parked: the same call again loses nothing.
 */
export const createCatchUp = ({ table, tableName, leaving, ...ports }: CatchUpPorts, runtime: Runtime) => {
  const { clock, hash, random } = runtime;

  const positionOf = ({ pk, sk, version = null }: Item): string =>
    hash(JSON.stringify([pk, sk, version])).slice(0, ID_DIGITS);

  const readRows = (rows: readonly Item[], log: Log) => {
    const messages: OutboxMessage[] = [];
    const unreadable: Item[] = [];
    for (const row of rows) {
      try {
        messages.push(...(hasDerivedMessages(row) ? derivedMessages(row, tableName, hash) : [readOutboxRow(row)]));
      } catch (thrown) {
        log.error('unreadable row', { pk: row.pk, sk: row.sk, ...errorFields(thrown) });
        unreadable.push(row);
      }
    }
    return { messages, unreadable };
  };

  const sendRows = async (rows: readonly Item[], send: Send, log: Log): Promise<Omit<Counts, 'read'>> => {
    const { messages, unreadable } = readRows(rows, log);
    const unsent = await sendInOrder(messages, send);
    const nowMs = clock.now();
    const writes = [
      ...unsent.map((message) => parkWrite(message, nowMs, random)),
      ...unreadable.map((row) => unreadableWrite(positionOf(row), row, nowMs)),
    ];
    for (const together of parkingCommits(writes)) await table.commit(together);
    return { sent: messages.length - unsent.length, parked: unsent.length, unreadable: unreadable.length };
  };

  return async (input: JsonObject, { log, remainingMs }: MessageContext): Promise<JsonObject> => {
    const since = sinceIn(input);
    const send = createSender(ports, runtime);
    let next = isObject(input.start) ? input.start : undefined;
    let counts: Counts = { read: 0, sent: 0, parked: 0, unreadable: 0 };
    do {
      const { rows, read, next: following } = await leaving.page(since, next);
      counts = added(counts, { read, ...(await sendRows(rows, send, log)) });
      next = following;
    } while (next !== undefined && remainingMs() > MARGIN_MS);
    log.info('caught up', { since, ...counts });
    return { ...counts, ...(next && { next }) };
  };
};
