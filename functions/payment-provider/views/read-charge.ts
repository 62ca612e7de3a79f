import type { Table } from '../../kernel/stores/table.ts';
import { notFound, Refused } from '../../kernel/values/errors.ts';
import type { Charge } from '../domain/charge.ts';
import { chargeKey, chargeOf } from '../rows/charge-rows.ts';

/** Throws Refused `not_found`. */
export const readCharge = async (table: Table, id: string): Promise<Charge> => {
  const item = await table.get(chargeKey(id), { consistent: true });
  if (!item) throw new Refused(notFound('charge'));
  return chargeOf(item);
};
