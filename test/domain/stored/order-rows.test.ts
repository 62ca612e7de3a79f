import { describe, expect, it } from '@jest/globals';
import { orderRows } from '../../../functions/orders/rows/order-events.ts';
import { ordersInMemory } from '../orders/orders-in-memory.ts';

describe('the rows of an order', () => {
  it('are written in the version that deploy:check is shown', async () => {
    const orders = ordersInMemory();
    await orders.place();
    const events = orders.table.items().filter(({ kind }) => kind === 'event');
    expect(events.map((row) => ('events' in row ? 2 : 1))).toEqual(events.map(() => orderRows.versions.commit?.writes));
    expect(events.length).toBeGreaterThan(0);
  });
});
