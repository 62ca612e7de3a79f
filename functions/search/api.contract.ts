import * as z from 'zod/mini';
import { cursor, limit } from '../../events/contracts/fields.ts';
import { currency, money } from '../../events/contracts/money.ts';
import { type DescribedService, defineApi } from '../kernel/messages/contract.ts';

const highlight = z.object({ start: z.int(), end: z.int() });

const foundProduct = z.object({
  sku: z.string(),
  name: z.string(),
  price: money,
  available: z.int(),
  highlights: z.array(highlight),
});

const foundPage = z.object({ items: z.array(foundProduct), total: z.int(), next: z.optional(z.string()) });

const lamp = {
  sku: 'lamp',
  name: 'Desk lamp',
  price: { amount: 4900, currency: 'EUR' },
  available: 3,
  highlights: [{ start: 5, end: 9 }],
};

const query = z.strictObject({
  q: z.string().check(z.trim(), z.minLength(1), z.maxLength(100)),
  inStock: z.optional(z.enum(['true', 'false'])),
  maxPrice: z.optional(z.string().check(z.regex(/^(0|[1-9]\d{0,8})$/, 'must be whole minor units'))),
  currency: z.optional(currency),
  limit: z.optional(limit),
  cursor: z.optional(cursor),
});

const described: DescribedService = {
  service: 'search',
  about: 'Products by words.',
  schemas: {
    Money: { schema: money, example: lamp.price },
    FoundProduct: { schema: foundProduct, example: lamp },
    FoundPage: { schema: foundPage, example: { items: [lamp], total: 1 } },
    Highlight: { schema: highlight },
  },
};

export const searchApi = defineApi(described, {
  'search-products': {
    method: 'GET',
    path: '/search',
    summary: 'Find products by words of their name or by sku, the best first',
    access: 'public',
    example: { query: { q: 'lamp' } },
    query: query.check(
      z.refine(({ maxPrice, currency: of }) => maxPrice === undefined || of !== undefined, {
        path: ['currency'],
        error: 'must say of what maxPrice is',
      }),
    ),
    answers: {
      200: {
        description: 'A page; `highlights` are the parts of the name, in UTF-16 code units, that made it match.',
        body: foundPage,
      },
      503: { description: 'The search does not answer; it says when to come back. Nothing else is affected.' },
    },
  },
});
