import * as z from 'zod/mini';
import { defineEvent } from '../define.ts';
import { id } from '../fields.ts';

/** Names the changed fields without their values: the bus archives events, and an archive cannot forget a name. */
export const userProfileChangedV1 = defineEvent(
  'users',
  'UserProfileChanged.v1',
  z.object({ userId: id, changed: z.array(z.enum(['email', 'name'])) }),
);
