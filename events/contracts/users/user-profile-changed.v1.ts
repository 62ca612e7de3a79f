import * as z from 'zod/mini';
import { defineEvent } from '../define.ts';
import { id } from '../fields.ts';

/** Names the fields, not their values, for the reason in UserRegistered. */
export const userProfileChangedV1 = defineEvent(
  'users',
  'UserProfileChanged.v1',
  z.object({ userId: id, changed: z.array(z.enum(['email', 'name'])) }),
);
