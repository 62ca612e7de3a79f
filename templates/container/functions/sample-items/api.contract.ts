import * as z from 'zod/mini';
import { cursor, limit, sku } from '../../../../events/contracts/fields.ts';
import { money } from '../../../../events/contracts/money.ts';
import { type DescribedService, defineApi } from '../../../../functions/kernel/messages/contract.ts';

const entry = z.object({
  sku: z.string(),
  name: z.string(),
  price: money,
});

const entryPage = z.object({ items: z.array(entry), total: z.int(), next: z.optional(z.string()) });

const lamp = { sku: 'lamp', name: 'Desk lamp', price: { amount: 4900, currency: 'EUR' } };

const described: DescribedService = {
  service: 'sample-items',
  about: 'Products by sku, as the tasks know them.',
  schemas: {
    Money: { schema: money, example: lamp.price },
    SampleItemsEntry: { schema: entry, example: lamp },
    SampleItemsPage: { schema: entryPage, example: { items: [lamp], total: 1 } },
  },
};

export const sampleItemsApi = defineApi(described, {
  'list-entries': {
    method: 'GET',
    path: '/sample-items',
    summary: 'List products by sku, as the tasks know them',
    access: { scopes: ['sample-items/read'] },
    query: z.strictObject({
      prefix: z.optional(sku),
      limit: z.optional(limit),
      cursor: z.optional(cursor),
    }),
    example: { query: { prefix: 'la', limit: '10' } },
    answers: {
      200: {
        description: 'A page.',
        body: entryPage,
      },
      503: { description: 'No task answers; it says when to come back. Nothing else is affected.' },
    },
  },
});
