import { everyItem, type Table } from '../../kernel/stores/table.ts';
import type { SweptLease } from '../domain/sweep.ts';
import { LEASES, sweptOf } from '../rows/lease-rows.ts';

const PAGE = 200;

export const allLeases = async (table: Table): Promise<readonly SweptLease[]> => {
  const leases: SweptLease[] = [];
  for await (const item of everyItem(table, { index: 'gsi1', pk: LEASES, limit: PAGE })) leases.push(sweptOf(item));
  return leases;
};
