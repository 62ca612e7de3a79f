import type { Table } from '../../functions/kernel/stores/table.ts';

/** The same table for a writer that a rival overtakes: the rival commits first, the first `times` times. */
export const overtaken = (table: Table, times: number, rival: () => Promise<void>): Table => {
  let left = times;
  return {
    get: table.get,
    query: table.query,
    commit: async (writes) => {
      left -= 1;
      if (left >= 0) await rival();
      return await table.commit(writes);
    },
  };
};
