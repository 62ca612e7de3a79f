import type { Item, Table } from '../../kernel/stores/table.ts';
import type { JsonObject } from '../../kernel/values/json.ts';
import type { Principal } from '../../kernel/values/principal.ts';
import { isSent, orderPartition } from '../rows/notification-rows.ts';

/** More than there are kinds. */
const MAX_KINDS = 10;

const view = ({ orderId, kind, subject, text, channel, sentAt }: Item): JsonObject => ({
  orderId: String(orderId),
  kind: String(kind),
  subject: String(subject),
  text: String(text),
  channel: String(channel),
  sentAt: String(sentAt),
});

/** What was sent about an order, if it was sent to the caller. */
export const notificationsOf = async (
  table: Table,
  { sub, isAdmin }: Principal,
  orderId: string,
): Promise<readonly JsonObject[]> => {
  const query = { pk: orderPartition(orderId), skPrefix: 'NOTIFICATION#', limit: MAX_KINDS, consistent: true };
  const { items } = await table.query(query);
  return items.filter((item) => isSent(item) && (isAdmin || item.userId === sub)).map(view);
};
