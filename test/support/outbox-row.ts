import type { Message } from '../../functions/kernel/messages/message.ts';
import type { Destination } from '../../functions/kernel/stores/outbox.ts';
import type { Item } from '../../functions/kernel/stores/table.ts';

/** A message as releases before derived messages wrote it, in a row of its own: the relay still reads these. */
export const outboxRow = (destination: Destination, { type, data, metadata }: Message): Item => ({
  pk: `OUTBOX#${metadata.aggregate}`,
  sk: metadata.id,
  kind: 'outbox',
  destination: { ...destination },
  message: { type, data, metadata: { ...metadata } },
  expiresAt: Math.floor(Date.parse(metadata.occurredAt) / 1000) + 7 * 24 * 60 * 60,
});
