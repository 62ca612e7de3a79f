import * as z from 'zod/mini';
import { defineEvent } from '../define.ts';
import { sku } from '../fields.ts';

/** What is available of a product now, after change number `version` of its stock. */
export const stockChangedV1 = defineEvent(
  'catalog',
  'StockChanged.v1',
  z.object({ sku, available: z.int().check(z.minimum(0)), version: z.int().check(z.minimum(1)) }),
);
