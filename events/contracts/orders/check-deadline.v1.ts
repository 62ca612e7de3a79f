import * as z from 'zod/mini';
import { defineCommand } from '../define.ts';
import { id } from '../fields.ts';

/**
 * Sent delayed by an order to itself. If it still waits for this step, the step's command is sent again, and the next
 * CheckDeadline has the next number; without a number it is the first of its step. An order whose patience is over is
 * cancelled as timed out.
 */
export const checkDeadlineV1 = defineCommand(
  'orders',
  'CheckDeadline.v1',
  z.object({
    orderId: id,
    step: z.enum(['stock', 'payment', 'refund', 'release']),
    attempt: z.optional(z.int().check(z.nonnegative())),
  }),
);
