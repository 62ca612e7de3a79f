import * as z from 'zod/mini';
import { defineEvent } from '../define.ts';
import { id } from '../fields.ts';

/** Names the user only: the bus archives events, and an archive cannot forget an e-mail address. */
export const userRegisteredV1 = defineEvent('users', 'UserRegistered.v1', z.object({ userId: id }));
