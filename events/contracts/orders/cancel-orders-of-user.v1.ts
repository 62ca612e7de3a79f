import * as z from 'zod/mini';
import { defineCommand } from '../define.ts';
import { id } from '../fields.ts';

/**
 * Sent by orders to itself when a person is erased: cancels what is open of one page of their orders, newest first, and
 * sends itself for the next. The first page, 0, begins with the open ones; each other one with the orders before `before`.
 */
export const cancelOrdersOfUserV1 = defineCommand(
  'orders',
  'CancelOrdersOfUser.v1',
  z.object({ userId: id, page: z.int().check(z.nonnegative()), before: z.optional(id) }),
);
