import * as z from 'zod/mini';
import { quantity, sku } from '../fields.ts';

/** What is taken of each product: at most 50 lines, each sku once. */
export const stockLines = z.array(z.object({ sku, quantity })).check(z.maxLength(50));
