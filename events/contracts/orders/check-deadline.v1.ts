import * as z from 'zod/mini';
import { defineCommand } from '../define.ts';
import { id } from '../fields.ts';

/** Sent delayed by an order to itself: if it still waits for this step, it is cancelled as timed out. */
export const checkDeadlineV1 = defineCommand(
  'orders',
  'CheckDeadline.v1',
  z.object({ orderId: id, step: z.enum(['stock', 'payment']) }),
);
