import { createHash } from 'node:crypto';
import { derivedMessages, hasDerivedMessages } from '../../functions/kernel/stores/derived-messages.ts';
import type { OutboxMessage } from '../../functions/kernel/stores/outbox.ts';
import type { Table } from '../../functions/kernel/stores/table.ts';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** The same table, with the messages that a relay behind its stream would send, in the order of the commits. */
export const relayed = <T extends Table>(table: T, name = 'table'): T & { sent(): readonly OutboxMessage[] } => {
  const sent: OutboxMessage[] = [];
  return {
    ...table,
    commit: async (writes, options) => {
      const result = await table.commit(writes, options);
      const rows = writes.flatMap((write) => ('item' in write ? [write.item] : []));
      if (result.kind === 'committed')
        sent.push(...rows.filter(hasDerivedMessages).flatMap((row) => derivedMessages(row, name, sha256)));
      return result;
    },
    sent: () => sent,
  };
};
