import * as z from 'zod/mini';
import { defineCommand } from '../define.ts';
import { id } from '../fields.ts';

/**
 * Give back what an order holds, whatever that is: always answered by StockReleased. An order that holds nothing is
 * closed by it all the same, so that a ReserveStock that arrives later is rejected.
 */
export const releaseStockV1 = defineCommand('catalog', 'ReleaseStock.v1', z.object({ orderId: id }));
