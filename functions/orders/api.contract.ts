import * as z from 'zod/mini';
import { cursor, id, limit } from '../../events/contracts/fields.ts';
import { defineApi } from '../kernel/messages/contract.ts';
import * as bodies from './bodies.contract.ts';

const params = z.object({ id });
const example = { params: { id: bodies.placedExample.id } };
const unknown = { description: "None, or not the caller's." };

export const ordersApi = defineApi(bodies.described, {
  'place-order': {
    method: 'POST',
    path: '/orders',
    summary: 'Place an order',
    access: { scopes: ['orders/write'] },
    body: bodies.newOrder,
    example: { body: bodies.newOrderExample },
    idempotencyKey: 'required',
    answers: {
      202: {
        description: 'Accepted; Location names the order, ETag its version.',
        body: bodies.order,
        headers: ['location', 'etag'],
        leadsTo: ['get-order', 'get-order-history', 'cancel-order'],
      },
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
    example,
    answers: {
      200: { description: 'The order.', body: bodies.order, headers: ['etag', 'retry-after'] },
      404: unknown,
    },
  },
  'list-orders': {
    method: 'GET',
    path: '/orders',
    summary: "List the caller's orders, newest first",
    access: { scopes: ['orders/read'] },
    query: z.strictObject({
      limit: z.optional(limit),
      cursor: z.optional(cursor),
      status: z.optional(bodies.status),
    }),
    version: 2,
    answers: {
      200: {
        description: 'A page of orders, without their lines; it may lag behind by moments.',
        body: bodies.listedOrderPage,
      },
    },
    earlier: {
      1: {
        answers: {
          200: { description: 'A page of whole orders; it may lag behind by moments.', body: bodies.orderPage },
        },
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
    example,
    answers: {
      200: { description: 'Its events, oldest first.', body: bodies.orderHistory },
      404: unknown,
    },
  },
  'cancel-order': {
    method: 'POST',
    path: '/orders/{id}/cancel',
    summary: 'Cancel an order that is not final',
    access: { scopes: ['orders/write'] },
    params,
    example,
    ifMatch: 'required',
    answers: {
      202: { description: 'Being cancelled.', body: bodies.order, headers: ['etag'] },
      404: unknown,
      409: { description: 'The order is final.' },
    },
  },
});
