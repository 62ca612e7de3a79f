import type { Cause } from '../../../../../functions/kernel/messages/message.ts';
import { everyItem } from '../../../../../functions/kernel/stores/table.ts';
import { idIn, ofUser } from '../rows/sample-item-rows.ts';
import { decideSampleItem, type SampleItemDeps } from './decide-sample-item.ts';

const PAGE = 100;

/** Erases every sample item of a user. When it comes again, it finds them erased and changes nothing. */
export const forgetUser = async (deps: SampleItemDeps, userId: string, cause: Cause): Promise<void> => {
  const query = { ...ofUser(userId), limit: PAGE, consistent: true };
  for await (const row of everyItem(deps.table, query))
    await decideSampleItem(deps, { userId, id: idIn(row) }, { type: 'EraseSampleItem' }, { cause });
};
