import * as z from 'zod/mini';
import { currency } from '../../events/contracts/money.ts';
import { defineApi } from '../kernel/messages/contract.ts';

const highlight = z.object({ start: z.int(), end: z.int() });

const foundProduct = z.object({
  sku: z.string(),
  name: z.string(),
  price: z.object({ amount: z.int(), currency: z.string() }),
  available: z.int(),
  highlights: z.array(highlight),
});

const query = z.strictObject({
  q: z.string().check(z.trim(), z.minLength(1), z.maxLength(100)),
  inStock: z.optional(z.enum(['true', 'false'])),
  maxPrice: z.optional(z.string().check(z.regex(/^(0|[1-9]\d{0,8})$/, 'must be whole minor units'))),
  currency: z.optional(currency),
  limit: z.optional(z.string().check(z.regex(/^([1-9]\d?|100)$/, 'must be 1 to 100'))),
  cursor: z.optional(z.string().check(z.maxLength(1024))),
});

export const searchApi = defineApi('search', {
  'search-products': {
    method: 'GET',
    path: '/search',
    summary: 'Find products by words of their name or by sku, the best first',
    access: 'public',
    query: query.check(
      z.refine(({ maxPrice, currency: of }) => maxPrice === undefined || of !== undefined, {
        path: ['currency'],
        error: 'must say of what maxPrice is',
      }),
    ),
    answers: {
      200: {
        description: 'A page; `highlights` are the parts of the name, in UTF-16 code units, that made it match.',
        body: z.object({ items: z.array(foundProduct), total: z.int(), next: z.optional(z.string()) }),
      },
      503: { description: 'The search does not answer; it says when to come back. Nothing else is affected.' },
    },
  },
});
