import * as z from 'zod/mini';
import { name, sku } from '../../events/contracts/fields.ts';
import { currency } from '../../events/contracts/money.ts';
import { defineApi } from '../kernel/messages/contract.ts';

const price = z.strictObject({ amount: z.int().check(z.minimum(0), z.maximum(1_000_000_000)), currency });

const product = z.object({ sku: z.string(), name: z.string(), price, available: z.int(), version: z.int() });
const params = z.object({ sku });

export const catalogApi = defineApi('catalog', {
  'put-product': {
    method: 'PUT',
    path: '/products/{sku}',
    summary: 'Add a product, or change its name and price',
    access: { scopes: ['catalog/write'], group: 'admin' },
    params,
    body: z.strictObject({ name, price }),
    ifMatch: 'optional',
    answers: {
      200: { description: 'Changed.', body: product },
      201: { description: 'Added, with no stock.', body: product },
    },
  },
  'adjust-stock': {
    method: 'POST',
    path: '/products/{sku}/stock',
    summary: "Add to a product's stock, or take from it",
    access: { scopes: ['catalog/write'], group: 'admin' },
    params,
    body: z.strictObject({ delta: z.int().check(z.minimum(-1_000_000), z.maximum(1_000_000)) }),
    idempotencyKey: 'required',
    answers: {
      200: { description: 'Adjusted; what orders took in the same moment is not counted.', body: product },
      404: { description: 'No such product.' },
      409: {
        description: 'The stock would go below zero, or a request with this Idempotency-Key is still being worked on.',
      },
    },
  },
  'list-products': {
    method: 'GET',
    path: '/products',
    summary: 'List the products by sku',
    access: 'public',
    query: z.strictObject({
      limit: z.optional(z.string().check(z.regex(/^([1-9]\d?|100)$/, 'must be 1 to 100'))),
      cursor: z.optional(z.string().check(z.maxLength(1024))),
    }),
    answers: {
      200: {
        description: 'A page of products.',
        body: z.object({ items: z.array(product), next: z.optional(z.string()) }),
      },
    },
  },
  'get-product': {
    method: 'GET',
    path: '/products/{sku}',
    summary: 'Read a product and what is available of it',
    access: 'public',
    params,
    answers: { 200: { description: 'The product.', body: product }, 404: { description: 'No such product.' } },
  },
});
