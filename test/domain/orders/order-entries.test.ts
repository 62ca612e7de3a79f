import { describe, expect, it } from '@jest/globals';
import { ordersApi } from '../../../functions/orders/api.contract.ts';
import type { ExistingOrder } from '../../../functions/orders/domain/order.ts';
import { orderEntries } from '../../../functions/orders/views/order-entries.ts';
import { orderView } from '../../../functions/orders/views/order-view.ts';
import { placed } from './scenario.ts';

const cancelled: ExistingOrder = {
  kind: 'cancelled',
  placed,
  reason: 'customer',
  stock: 'released',
  payment: 'idle',
  askedAgain: {},
};
const view = orderView(cancelled, 4);
const { answers, earlier } = ordersApi.routes['list-orders'];
const summary = {
  id: '01JORDER',
  status: 'CANCELLED',
  lineCount: 2,
  total: { amount: 2100, currency: 'EUR' },
  version: 4,
  placedAt: '2026-11-24T12:00:00.000Z',
};

describe('an order in a list', () => {
  it('is whole in version 1', () => {
    expect(orderEntries[1](view)).toEqual(view);
  });

  it('is a summary in version 2', () => {
    expect(orderEntries[2](view)).toEqual(summary);
  });

  it.each([
    [1, earlier[1].answers[200].body],
    [2, answers[200].body],
  ] as const)('is what the contract says of version %i, and nothing besides', (version, body) => {
    const page = { items: [orderEntries[version](view)] };
    expect(body.safeParse(page)).toEqual({ success: true, data: page });
  });
});
