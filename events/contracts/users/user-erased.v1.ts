import * as z from 'zod/mini';
import { defineEvent } from '../define.ts';
import { id } from '../fields.ts';

/** Every service forgets what it knows about this person; open orders are cancelled. */
export const userErasedV1 = defineEvent('users', 'UserErased.v1', z.object({ userId: id }));
