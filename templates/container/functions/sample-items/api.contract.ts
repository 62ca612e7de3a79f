import * as z from 'zod/mini';
import { sku } from '../../../../events/contracts/fields.ts';
import { defineApi } from '../../../../functions/kernel/messages/contract.ts';

const entry = z.object({
  sku: z.string(),
  name: z.string(),
  price: z.object({ amount: z.int(), currency: z.string() }),
});

export const sampleItemsApi = defineApi('sample-items', {
  'list-entries': {
    method: 'GET',
    path: '/sample-items',
    summary: 'List products by sku, as the tasks know them',
    access: { scopes: ['sample-items/read'] },
    query: z.strictObject({
      prefix: z.optional(sku),
      limit: z.optional(z.string().check(z.regex(/^([1-9]\d?|100)$/, 'must be 1 to 100'))),
      cursor: z.optional(z.string().check(z.maxLength(1024))),
    }),
    example: { query: { prefix: 'la', limit: '10' } },
    answers: {
      200: {
        description: 'A page.',
        body: z.object({ items: z.array(entry), total: z.int(), next: z.optional(z.string()) }),
      },
      503: { description: 'No task answers; it says when to come back. Nothing else is affected.' },
    },
  },
});
