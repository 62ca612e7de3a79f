import * as z from 'zod/mini';
import { defineEvent } from '../define.ts';
import { id } from '../fields.ts';

/**
 * The person is erased: open orders are cancelled. Other services hold no personal data, only this id, which from now on
 * belongs to no person.
 */
export const userErasedV1 = defineEvent('users', 'UserErased.v1', z.object({ userId: id }), { userId: 'grace' });
