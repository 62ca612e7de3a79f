import * as z from 'zod/mini';
import { id, quantity, sku } from '../../events/contracts/fields.ts';
import { defineApi } from '../kernel/messages/contract.ts';
import { listedOrder, order, pageOf, pastEvent, status } from './answers.contract.ts';

const paymentToken = z.string().check(z.regex(/^[\x21-\x7e]{1,200}$/, 'must be 1 to 200 visible ASCII characters'));
const params = z.object({ id });
const unknown = { description: "None, or not the caller's." };

export const ordersApi = defineApi('orders', {
  'place-order': {
    method: 'POST',
    path: '/orders',
    summary: 'Place an order',
    access: { scopes: ['orders/write'] },
    body: z.strictObject({
      items: z.array(z.strictObject({ sku, quantity })).check(z.minLength(1), z.maxLength(50)),
      paymentToken,
    }),
    idempotencyKey: 'required',
    answers: {
      202: { description: 'Accepted; Location names the order, ETag its version.', body: order },
      409: { description: 'A request with this Idempotency-Key is still being worked on.' },
      503: { description: 'The catalog cannot quote prices now; Retry-After says when to try again.' },
    },
  },
  'get-order': {
    method: 'GET',
    path: '/orders/{id}',
    summary: 'Read an order',
    access: { scopes: ['orders/read'] },
    params,
    answers: { 200: { description: 'The order.', body: order }, 404: unknown },
  },
  'list-orders': {
    method: 'GET',
    path: '/orders',
    summary: "List the caller's orders, newest first",
    access: { scopes: ['orders/read'] },
    query: z.strictObject({
      limit: z.optional(z.string().check(z.regex(/^([1-9]\d?|100)$/, 'must be 1 to 100'))),
      cursor: z.optional(z.string().check(z.maxLength(1024))),
      status: z.optional(status),
    }),
    version: 2,
    answers: {
      200: {
        description: 'A page of orders, without their lines; it may lag behind by moments.',
        body: pageOf(listedOrder),
      },
    },
    earlier: {
      1: {
        answers: { 200: { description: 'A page of whole orders; it may lag behind by moments.', body: pageOf(order) } },
        deprecated: {
          since: '2026-12-01',
          sunset: '2027-07-01',
          instead:
            'Version 2 has the same parameters and cursors. Lines and waits of an order are at GET /orders/{id}.',
        },
      },
    },
  },
  'get-order-history': {
    method: 'GET',
    path: '/orders/{id}/events',
    summary: "Read an order's history",
    access: { scopes: ['orders/read'] },
    params,
    answers: {
      200: { description: 'Its events, oldest first.', body: z.object({ items: z.array(pastEvent) }) },
      404: unknown,
    },
  },
  'cancel-order': {
    method: 'POST',
    path: '/orders/{id}/cancel',
    summary: 'Cancel an order that is not final',
    access: { scopes: ['orders/write'] },
    params,
    ifMatch: 'required',
    answers: {
      202: { description: 'Being cancelled.', body: order },
      404: unknown,
      409: { description: 'The order is final.' },
    },
  },
});
