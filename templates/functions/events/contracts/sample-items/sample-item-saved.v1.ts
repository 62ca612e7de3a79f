import * as z from 'zod/mini';
import { defineEvent } from '../../../../../events/contracts/define.ts';
import { id } from '../../../../../events/contracts/fields.ts';

/** A sample item is new, or its text is. Names it only: the bus archives events, and an archive cannot forget a text. */
export const sampleItemSavedV1 = defineEvent('sample-items', 'SampleItemSaved.v1', z.object({ userId: id, id }), {
  userId: 'ada',
  id: 'first',
});
