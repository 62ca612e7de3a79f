import type { Scan } from '../../functions/kernel/stores/scan.ts';
import type { Item } from '../../functions/kernel/stores/table.ts';

/** The scan of a table in memory, a few items a page. */
export const scanOf = (table: { items(): readonly Item[] }, size = 3): Scan => ({
  page: async (start, sk) => {
    const items = table.items();
    const from = start ? items.findIndex((item) => item.pk === start.pk && item.sk === start.sk) + 1 : 0;
    const read = items.slice(from, from + size).map((item) => ({ pk: item.pk, sk: item.sk }));
    const keys = read.filter((key) => sk === undefined || key.sk === sk);
    const last = read.at(-1);
    return last && from + size < items.length ? { keys, next: { ...last } } : { keys };
  },
});
