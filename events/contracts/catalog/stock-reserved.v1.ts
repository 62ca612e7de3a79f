import * as z from 'zod/mini';
import { defineEvent } from '../define.ts';
import { id } from '../fields.ts';
import { stockLines } from './stock-lines.ts';

/** Every line of the order is held. */
export const stockReservedV1 = defineEvent('catalog', 'StockReserved.v1', z.object({ orderId: id, items: stockLines }));
