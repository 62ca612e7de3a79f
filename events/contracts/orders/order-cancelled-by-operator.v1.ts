import * as z from 'zod/mini';
import { defineEvent } from '../define.ts';
import { id } from '../fields.ts';

/** As OrderCancelled.v1, which is not sent then: an operator has cancelled the order by hand. */
export const orderCancelledByOperatorV1 = defineEvent(
  'orders',
  'OrderCancelledByOperator.v1',
  z.object({ orderId: id, userId: id }),
);
