import type { Key, Table } from '../../kernel/stores/table.ts';
import { isObject, type JsonObject } from '../../kernel/values/json.ts';

/** How far the comparison of a day has come. */
export interface Checked {
  /** `2026-11-26`, UTC. */
  readonly day: string;
  readonly orders: number;
  readonly different: number;
  readonly isDone: boolean;
  /** Where it goes on. */
  readonly next?: JsonObject;
}

/** The only partition of the view table that the check writes to. */
const CHECK = 'CHECK#orders';

const key: Key = { pk: CHECK, sk: 'CHECK' };

export const readCheck = async (views: Pick<Table, 'get'>): Promise<Checked> => {
  const row = await views.get(key, { consistent: true });
  const next = row?.next;
  return {
    day: String(row?.day ?? ''),
    orders: Number(row?.orders ?? 0),
    different: Number(row?.different ?? 0),
    isDone: row?.isDone === true,
    ...(isObject(next) && { next }),
  };
};

export const saveCheck = async (views: Pick<Table, 'commit'>, checked: Checked): Promise<void> => {
  await views.commit([{ kind: 'put', item: { ...key, kind: 'view-check', ...checked } }]);
};
