import { describe, expect, it } from '@jest/globals';
import { operationHandler } from '../../../functions/edge/operation.ts';
import { cancelOrder } from '../../../functions/orders/commands/cancel-order.ts';
import { fulfilOrder } from '../../../functions/orders/commands/fulfil-order.ts';
import { messagesSent, operateOrder } from '../../../functions/orders/commands/operate-order.ts';
import { orderOperation } from '../../../functions/orders/operations.contract.ts';
import { listOpen, showOrder } from '../../../functions/orders/views/operator-view.ts';
import { projectOrder } from '../../../functions/orders/views/orders.projection.ts';
import { createRecordingRuntime } from '../../support/recording-runtime.ts';
import { cause, message, ordersInMemory, principal, sentBy } from './orders-in-memory.ts';

const byHand = { by: 'ada', why: 'they called' };
const rejected = (orderId: string) => message('m1', 'StockRejected.v1', { orderId, unavailable: ['tea'] });

describe('an operator', () => {
  it('has an order ask again for what it waits for, with the next timer, so that the one under way starts no second chain', async () => {
    const orders = ordersInMemory();
    const id = await orders.place();
    await operateOrder(orders, { operation: 'resend', orderId: id, ...byHand }, cause);
    await fulfilOrder(orders, message('t1', 'CheckDeadline.v1', { orderId: id, step: 'stock', attempt: 0 }));
    const sent = sentBy(orders.table, id).map(([type]) => type);
    expect(sent.filter((type) => type === 'ReserveStock.v1')).toHaveLength(2);
    expect(sent.at(-1)).toBe('CheckDeadline.v1');
    expect(await showOrder(orders, id)).toMatchObject({
      waits: [{ step: 'stock', asked: 2 }],
      history: [{ type: 'OrderPlaced' }, { type: 'StepAskedAgain', step: 'stock', attempt: 1, byHand }],
    });
  });

  it('cancels an order, which remembers who and why', async () => {
    const orders = ordersInMemory();
    const id = await orders.place();
    await operateOrder(orders, { operation: 'cancel', orderId: id, ...byHand }, cause);
    expect(await showOrder(orders, id)).toMatchObject({
      order: { status: 'CANCELLING', cancelledBy: 'operator' },
      history: [{}, { type: 'CancellationStarted', byHand }, { type: 'StockReleaseRequested' }],
    });
  });

  it('is refused for an order that is final, or that there is none of', async () => {
    const orders = ordersInMemory();
    const id = await orders.place();
    await fulfilOrder(orders, rejected(id));
    for (const operation of ['resend', 'cancel'] as const) {
      const operate = (orderId: string) => operateOrder(orders, { operation, orderId, ...byHand }, cause);
      await expect(operate(id)).rejects.toMatchObject({ refusal: { code: 'order-is-final' } });
      await expect(operate('nowhere')).rejects.toMatchObject({ refusal: { code: 'not-found' } });
    }
  });

  it('is shown every message that left, and no payment token', async () => {
    const orders = ordersInMemory();
    const id = await orders.place();
    await fulfilOrder(orders, message('m1', 'StockReserved.v1', { orderId: id, items: [] }));
    await cancelOrder(orders, principal('alice'), id, { oneOf: [3] }, cause);
    const sent = messagesSent((await orders.store.history(id)) ?? []);
    expect(sent.map(({ type, to }) => [type, to])).toEqual(sentBy(orders.table, id));
    expect(JSON.stringify([sent, await showOrder(orders, id)])).not.toContain('tok_secret');
  });

  it('is listed the oldest open orders as their streams have them, and how many there are', async () => {
    const orders = ordersInMemory();
    const ids: string[] = [];
    for (let number = 0; number < 3; number += 1) {
      ids.push(await orders.place());
      orders.wait(1);
    }
    for (const id of ids) await projectOrder(orders, id);
    const [behind = '', oldest = ''] = ids;
    await fulfilOrder(orders, rejected(behind));
    expect(await listOpen(orders, 2)).toMatchObject({
      open: 3,
      orders: [
        { id: behind, status: 'CANCELLED', waits: [] },
        { id: oldest, status: 'PENDING', waits: [{ step: 'stock' }] },
      ],
    });
  });
});

describe('the function that operators invoke', () => {
  const answering = (operate: () => Promise<never>) =>
    operationHandler(orderOperation, operate, createRecordingRuntime());
  const nothing = () => Promise.reject(new Error('no table'));

  it.each([
    { operation: 'erase', orderId: 'o' },
    { operation: 'cancel', orderId: 'o', by: 'ada' },
    { operation: 'cancel', orderId: 'o', by: 'ada', why: '' },
    { operation: 'list', limit: 1_001 },
    'list',
  ])('refuses %j', async (event) => {
    expect(await answering(nothing)(event)).toMatchObject({ refused: { code: 'invalid' } });
  });

  it('fails with what is not a refusal', async () => {
    await expect(answering(nothing)({ operation: 'list', limit: 1 })).rejects.toThrow('no table');
  });
});
