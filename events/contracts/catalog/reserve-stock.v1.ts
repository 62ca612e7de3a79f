import * as z from 'zod/mini';
import { defineCommand } from '../define.ts';
import { id } from '../fields.ts';
import { stockLines } from './stock-lines.ts';

/** Hold all lines for an order or none; always answered by StockReserved or StockRejected, also when it is asked again. */
export const reserveStockV1 = defineCommand('catalog', 'ReserveStock.v1', z.object({ orderId: id, items: stockLines }));
