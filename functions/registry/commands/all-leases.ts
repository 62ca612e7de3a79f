import type { Table } from '../../kernel/stores/table.ts';
import type { SweptLease } from '../domain/sweep.ts';
import { LEASES, sweptOf } from '../rows/lease-rows.ts';

const PAGE = 200;

export const allLeases = async (table: Table): Promise<readonly SweptLease[]> => {
  const leases: SweptLease[] = [];
  let page = await table.query({ index: 'gsi1', pk: LEASES, limit: PAGE });
  leases.push(...page.items.map(sweptOf));
  while (page.next) {
    page = await table.query({ index: 'gsi1', pk: LEASES, limit: PAGE, start: page.next });
    leases.push(...page.items.map(sweptOf));
  }
  return leases;
};
