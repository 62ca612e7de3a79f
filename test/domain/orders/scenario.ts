import type { OrderEvent, PlacedOrder } from '../../../functions/orders/domain/order.ts';

const eur = (amount: number) => ({ amount, currency: 'EUR' });

export const placed: PlacedOrder = {
  orderId: '01JORDER',
  userId: 'alice',
  items: [
    { sku: 'tea', quantity: 2, price: eur(450) },
    { sku: 'cup', quantity: 1, price: eur(1200) },
  ],
  total: eur(2100),
  placedAt: '2026-11-24T12:00:00.000Z',
};

/** Ends of patience that have not come for an order placed at `placedAt`, and that have. */
export const NEVER = '2026-11-01T00:00:00.000Z';
export const SOON = '2026-12-01T00:00:00.000Z';

export const orderPlaced: OrderEvent = { type: 'OrderPlaced', ...placed };
