import type { Message } from '../messages/message.ts';
import type { Write } from './table.ts';

/** As long as a queue and its dead-letter queue can keep a message (14 days each), so that a redrive is a duplicate. */
const KEPT_SECONDS = 30 * 24 * 60 * 60;

/** In the same commit as the effect: one effect per consumer and message. */
export const inboxWrite = (consumer: string, { metadata }: Pick<Message, 'metadata'>, nowSeconds: number): Write => ({
  kind: 'insert',
  item: { pk: `INBOX#${consumer}#${metadata.id}`, sk: 'MESSAGE', kind: 'inbox', expiresAt: nowSeconds + KEPT_SECONDS },
});
