import type { Item, Table } from '../../../../../functions/kernel/stores/table.ts';
import { notFound, Refused } from '../../../../../functions/kernel/values/errors.ts';
import type { JsonObject } from '../../../../../functions/kernel/values/json.ts';
import type { SampleItem } from '../domain/sample-item.ts';
import { idIn, ofUser, sampleItemKey, sampleItemsOf } from '../rows/sample-item-rows.ts';

export interface SampleItemView {
  readonly id: string;
  readonly text: string;
  readonly version: number;
}

/** What its user sees; undefined when it is not there, or not any more. */
export const viewOf = (id: string, state: SampleItem, version: number): SampleItemView | undefined =>
  state.kind === 'kept' ? { id, text: state.text, version } : undefined;

const viewOfRow = (userId: string, row: Item): SampleItemView | undefined =>
  viewOf(idIn(row), sampleItemsOf(userId).fromItem(row), Number(row.version));

/** Throws Refused `not_found`. */
export const requireSampleItem = async (table: Table, userId: string, id: string): Promise<SampleItemView> => {
  const row = await table.get(sampleItemKey(userId, id), { consistent: true });
  const view = row && viewOfRow(userId, row);
  if (!view) throw new Refused(notFound('sample item'));
  return view;
};

/** A page of what a user has, by id. */
export const listSampleItems = async (
  table: Table,
  userId: string,
  limit: number,
  start: JsonObject | undefined,
): Promise<{ readonly items: readonly SampleItemView[]; readonly next?: JsonObject }> => {
  const page = await table.query({ ...ofUser(userId), limit, ...(start ? { start } : {}) });
  const items = page.items.map((row) => viewOfRow(userId, row)).filter((view) => view !== undefined);
  return { items, ...(page.next ? { next: page.next } : {}) };
};
