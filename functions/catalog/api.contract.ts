import * as z from 'zod/mini';
import { cursor, limit, name, sku } from '../../events/contracts/fields.ts';
import { money, paidIn } from '../../events/contracts/money.ts';
import { type DescribedService, defineApi } from '../kernel/messages/contract.ts';

const price = z.strictObject({ amount: z.int().check(z.minimum(0), z.maximum(1_000_000_000)), currency: paidIn });

const product = z.object({ sku: z.string(), name: z.string(), price: money, available: z.int(), version: z.int() });
const productDetails = z.strictObject({ name, price });
const stockChange = z.strictObject({ delta: z.int().check(z.minimum(-1_000_000), z.maximum(1_000_000)) });
const productPage = z.object({ items: z.array(product), next: z.optional(z.string()) });
const params = z.object({ sku });

const eur = { amount: 1200, currency: 'EUR' };
const mug = { sku: 'mug', name: 'Mug', price: eur, available: 10, version: 1 };

const described: DescribedService = {
  service: 'catalog',
  about: 'Products, their prices and what is available of them.',
  schemas: {
    Money: { schema: money, example: eur },
    Price: { schema: price, example: eur },
    Product: { schema: product, example: mug },
    ProductDetails: { schema: productDetails, example: { name: mug.name, price: eur } },
    ProductPage: { schema: productPage, example: { items: [mug] } },
    StockChange: { schema: stockChange, example: { delta: 10 } },
  },
};

export const catalogApi = defineApi(described, {
  'put-product': {
    method: 'PUT',
    path: '/products/{sku}',
    summary: 'Add a product, or change its name and price',
    access: { scopes: ['catalog/write'], group: 'admin' },
    params,
    body: productDetails,
    example: { params: { sku: mug.sku }, body: { name: mug.name, price: eur } },
    ifMatch: 'optional',
    answers: {
      200: { description: 'Changed.', body: product, headers: ['location', 'etag'] },
      201: {
        description: 'Added, with no stock.',
        body: product,
        headers: ['location', 'etag'],
        leadsTo: ['get-product', 'adjust-stock'],
      },
    },
  },
  'adjust-stock': {
    method: 'POST',
    path: '/products/{sku}/stock',
    summary: "Add to a product's stock, or take from it",
    access: { scopes: ['catalog/write'], group: 'admin' },
    params,
    body: stockChange,
    example: { params: { sku: mug.sku }, body: { delta: 10 } },
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
      limit: z.optional(limit),
      cursor: z.optional(cursor),
    }),
    answers: {
      200: {
        description: 'A page of products.',
        body: productPage,
      },
    },
  },
  'get-product': {
    method: 'GET',
    path: '/products/{sku}',
    summary: 'Read a product and what is available of it',
    access: 'public',
    params,
    example: { params: { sku: mug.sku } },
    answers: {
      200: { description: 'The product.', body: product, headers: ['etag'] },
      404: { description: 'No such product.' },
    },
  },
});
