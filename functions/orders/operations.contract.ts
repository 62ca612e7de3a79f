import * as z from 'zod/mini';
import { id } from '../../events/contracts/fields.ts';

const LONGEST_LIST = 1_000;

const byHand = {
  orderId: id,
  /** Who of the operators it is. */
  by: z.string().check(z.minLength(1), z.maxLength(100)),
  why: z.string().check(z.minLength(1), z.maxLength(500)),
};

/** What an operator asks for; the function that takes it is invoked by its name and has no route. */
export const orderOperation = z.discriminatedUnion('operation', [
  z.strictObject({ operation: z.literal('list'), limit: z.int().check(z.positive(), z.maximum(LONGEST_LIST)) }),
  z.strictObject({ operation: z.literal('show'), orderId: id }),
  z.strictObject({ operation: z.literal('resend'), ...byHand }),
  z.strictObject({ operation: z.literal('cancel'), ...byHand }),
]);
