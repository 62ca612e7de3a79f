import * as z from 'zod/mini';
import { cursor, id, limit, printable } from '../../../../events/contracts/fields.ts';
import { type DescribedService, defineApi } from '../../../../functions/kernel/messages/contract.ts';

const text = z.string().check(z.minLength(1), z.maxLength(1000), printable);

const sampleItem = z.object({ id: z.string(), text: z.string(), version: z.int() });
const newSampleItem = z.strictObject({ text });
const sampleItemPage = z.object({ items: z.array(sampleItem), next: z.optional(z.string()) });
const params = z.object({ id });

const first = { id: 'first', text: 'As good as it looks.', version: 1 };

const described: DescribedService = {
  service: 'sample-items',
  about: 'Sample items, a list for each user.',
  schemas: {
    SampleItem: { schema: sampleItem, example: first },
    NewSampleItem: { schema: newSampleItem, example: { text: first.text } },
    SampleItemPage: { schema: sampleItemPage, example: { items: [first] } },
  },
};

export const sampleItemsApi = defineApi(described, {
  'save-sample-item': {
    method: 'PUT',
    path: '/sample-items/{id}',
    summary: 'Add a sample item of the caller, or change its text',
    access: { scopes: ['sample-items/write'] },
    params,
    body: newSampleItem,
    ifMatch: 'optional',
    example: { params: { id: 'first' }, body: { text: 'As good as it looks.' } },
    answers: {
      200: {
        description: 'Changed, or as it was; ETag names its version.',
        body: sampleItem,
        headers: ['location', 'etag'],
      },
      201: {
        description: 'Added; Location names it, ETag its version.',
        body: sampleItem,
        headers: ['location', 'etag'],
      },
      409: { description: 'It was erased with its user.' },
    },
  },
  'get-sample-item': {
    method: 'GET',
    path: '/sample-items/{id}',
    summary: 'Read a sample item of the caller',
    access: { scopes: ['sample-items/read'] },
    params,
    example: { params: { id: 'first' } },
    answers: {
      200: { description: 'The sample item.', body: sampleItem, headers: ['etag'] },
      404: { description: 'The caller has none.' },
    },
  },
  'list-sample-items': {
    method: 'GET',
    path: '/sample-items',
    summary: 'List the sample items of the caller by id',
    access: { scopes: ['sample-items/read'] },
    query: z.strictObject({
      limit: z.optional(limit),
      cursor: z.optional(cursor),
    }),
    example: { query: { limit: '10' } },
    answers: {
      200: {
        description: 'A page of sample items.',
        body: sampleItemPage,
      },
    },
  },
});
