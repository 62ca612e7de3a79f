import * as z from 'zod/mini';
import { defineEvent } from '../define.ts';
import { id } from '../fields.ts';
import { stockLines } from './stock-lines.ts';

/** The order holds nothing any more; `items` is what went back, empty when it held nothing. */
export const stockReleasedV1 = defineEvent('catalog', 'StockReleased.v1', z.object({ orderId: id, items: stockLines }));
