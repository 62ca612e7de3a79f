import { eventKey } from '../../kernel/stores/event-store.ts';
import type { Table } from '../../kernel/stores/table.ts';
import { isObject } from '../../kernel/values/json.ts';
import { Secret } from '../../kernel/values/secret.ts';

/**
 * The token in the first event of an order that was placed by the release before: it goes on placing orders beside this
 * one. To be taken out, with the permission to read an event, in the release after this one.
 */
export const storedToken = async (table: Pick<Table, 'get'>, orderId: string): Promise<Secret | undefined> => {
  const row = await table.get(eventKey(orderId, 1), { consistent: true });
  if (!isObject(row?.event)) return undefined;
  const { paymentToken } = row.event;
  return typeof paymentToken === 'string' && paymentToken !== '' ? new Secret(paymentToken) : undefined;
};
