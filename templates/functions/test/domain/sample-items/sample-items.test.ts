import { beforeEach, describe, expect, it } from '@jest/globals';
import { createMemoryTable } from '../../../../../functions/kernel/stores/memory-table.ts';
import type { Precondition } from '../../../../../functions/kernel/values/precondition.ts';
import { decideSampleItem, type SampleItemDeps } from '../../../functions/sample-items/commands/decide-sample-item.ts';
import { forgetUser } from '../../../functions/sample-items/commands/forget-user.ts';
import { listSampleItems, requireSampleItem } from '../../../functions/sample-items/views/sample-item-view.ts';

const cause = { correlationId: 'correlation', causationId: 'request' };
const notFound = { refusal: { outcome: 'not_found' } };

let deps: SampleItemDeps;
beforeEach(() => {
  deps = { table: createMemoryTable(), clock: { now: () => 0 } };
});

const save = (userId: string, id: string, text: string, precondition: Precondition = {}) =>
  decideSampleItem(deps, { userId, id }, { type: 'SaveSampleItem', text }, { cause, precondition });

const ids = async (userId: string): Promise<readonly string[]> =>
  (await listSampleItems(deps.table, userId, 100, undefined)).items.map(({ id }) => id);

describe('the sample items of a user', () => {
  it('are added, changed and read', async () => {
    expect(await save('ada', 'first', 'Good.')).toMatchObject({ version: 1, isNew: true });
    expect(await save('ada', 'first', 'Better.', { oneOf: [1] })).toMatchObject({ version: 2, isNew: false });
    expect(await requireSampleItem(deps.table, 'ada', 'first')).toEqual({ id: 'first', text: 'Better.', version: 2 });
    await expect(save('ada', 'first', 'Worse.', { oneOf: [1] })).rejects.toMatchObject({
      refusal: { outcome: 'stale' },
    });
  });

  it('leave with the row that changes, and the one that is published names no text', async () => {
    await save('ada', 'first', 'Good.');
    const { items } = await deps.table.query({ pk: 'USER#ada', limit: 10 });
    const published = JSON.stringify(items.map(({ text: _, ...others }) => others));
    expect(published).toContain('SampleItemSaved.v1');
    expect(published).not.toContain('Good.');
  });

  it('are listed page by page', async () => {
    for (const id of ['a', 'b', 'c']) await save('ada', id, 'Good.');
    const first = await listSampleItems(deps.table, 'ada', 2, undefined);
    const second = await listSampleItems(deps.table, 'ada', 2, first.next);
    expect([first, second].map(({ items }) => items.map(({ id }) => id))).toEqual([['a', 'b'], ['c']]);
  });

  it('are not seen by another user', async () => {
    await save('ada', 'first', 'Good.');
    expect(await ids('ben')).toEqual([]);
    await expect(requireSampleItem(deps.table, 'ben', 'first')).rejects.toMatchObject(notFound);
  });

  it('are erased with the user, however often that is asked, and those of others stay', async () => {
    for (const id of ['a', 'b']) await save('ada', id, 'Good.');
    await save('ben', 'a', 'Fine.');
    for (let delivery = 0; delivery < 2; delivery += 1) await forgetUser(deps, 'ada', cause);
    expect([await ids('ada'), await ids('ben')]).toEqual([[], ['a']]);
    expect(JSON.stringify((await deps.table.query({ pk: 'USER#ada', limit: 10 })).items)).not.toContain('Good.');
    await expect(requireSampleItem(deps.table, 'ada', 'a')).rejects.toMatchObject(notFound);
  });
});
