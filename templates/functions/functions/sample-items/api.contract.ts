import * as z from 'zod/mini';
import { id, printable } from '../../../../events/contracts/fields.ts';
import { defineApi } from '../../../../functions/kernel/messages/contract.ts';

const text = z.string().check(z.minLength(1), z.maxLength(1000), printable);

const sampleItem = z.object({ id: z.string(), text: z.string(), version: z.int() });
const params = z.object({ id });

export const sampleItemsApi = defineApi('sample-items', {
  'save-sample-item': {
    method: 'PUT',
    path: '/sample-items/{id}',
    summary: 'Add a sample item of the caller, or change its text',
    access: { scopes: ['sample-items/write'] },
    params,
    body: z.strictObject({ text }),
    ifMatch: 'optional',
    example: { params: { id: 'first' }, body: { text: 'As good as it looks.' } },
    answers: {
      200: { description: 'Changed, or as it was; ETag names its version.', body: sampleItem },
      201: { description: 'Added; Location names it, ETag its version.', body: sampleItem },
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
      200: { description: 'The sample item.', body: sampleItem },
      404: { description: 'The caller has none.' },
    },
  },
  'list-sample-items': {
    method: 'GET',
    path: '/sample-items',
    summary: 'List the sample items of the caller by id',
    access: { scopes: ['sample-items/read'] },
    query: z.strictObject({
      limit: z.optional(z.string().check(z.regex(/^([1-9]\d?|100)$/, 'must be 1 to 100'))),
      cursor: z.optional(z.string().check(z.maxLength(1024))),
    }),
    example: { query: { limit: '10' } },
    answers: {
      200: {
        description: 'A page of sample items.',
        body: z.object({ items: z.array(sampleItem), next: z.optional(z.string()) }),
      },
    },
  },
});
