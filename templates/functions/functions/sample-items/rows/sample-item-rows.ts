import type { StateAggregate } from '../../../../../functions/kernel/stores/state-store.ts';
import type { Key } from '../../../../../functions/kernel/stores/table.ts';
import type { SampleItem, SampleItemCommand, SampleItemEvent } from '../domain/sample-item.ts';
import { sampleItemDecider } from '../domain/sample-item-decider.ts';

const SORT_KEYS = 'SAMPLE_ITEM#';

/** Those of one user lie side by side, so that one query reads a page of them. */
export const ofUser = (userId: string) => ({ pk: `USER#${userId}`, skPrefix: SORT_KEYS }) as const;

export const sampleItemKey = (userId: string, id: string): Key => ({ pk: ofUser(userId).pk, sk: `${SORT_KEYS}${id}` });

/** What a user has under the ids of their choice. */
export const sampleItemsOf = (userId: string): StateAggregate<SampleItemCommand, SampleItemEvent, SampleItem> => ({
  decider: sampleItemDecider,
  keyOf: (id) => sampleItemKey(userId, id),
  toAttributes: (state) => ({ ...state }),
  fromItem: ({ kind, text }) => (kind === 'kept' ? { kind, text: String(text) } : { kind: 'erased' }),
});

/** The id in a row's key. */
export const idIn = ({ sk }: Key): string => sk.slice(SORT_KEYS.length);
