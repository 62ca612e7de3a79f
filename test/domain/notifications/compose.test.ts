import { describe, expect, it } from '@jest/globals';
import { cancellation, confirmation } from '../../../functions/notifications/domain/compose.ts';

const order = { orderId: 'o-1', userId: 'ada' };

describe('a notification', () => {
  it('says that an order is confirmed and what was charged', () => {
    expect(confirmation({ ...order, total: { amount: 2105, currency: 'EUR' } })).toEqual({
      ...order,
      kind: 'order_confirmed',
      subject: 'Order o-1 is confirmed',
      text: 'Thank you. We have charged 21.05 EUR.',
    });
  });

  it.each([
    ['out_of_stock', 'A product is out of stock. '],
    ['payment_declined', 'The payment was declined. '],
    ['timed_out', 'It could not be completed in time. '],
    ['customer', 'You cancelled it. '],
    ['user_erased', 'Your account was erased. '],
    ['operator', 'We had to cancel it. '],
    ['of later code', ''],
  ])('says that an order is cancelled, and why: %s', (reason, why) => {
    expect(cancellation({ ...order, reason })).toEqual({
      ...order,
      kind: 'order_cancelled',
      subject: 'Order o-1 is cancelled',
      text: `${why}Anything charged has been given back.`,
    });
  });

  const decimals = {
    0: 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF',
    3: 'BHD IQD JOD KWD LYD OMR TND',
    2: 'EUR USD HUF',
  };
  it.each(Object.entries(decimals))('writes amounts with %s decimals in %s', (places, currencies) => {
    const amount = { 0: '12345', 2: '123.45', 3: '12.345' }[places];
    for (const currency of currencies.split(' '))
      expect(confirmation({ ...order, total: { amount: 12_345, currency } }).text).toContain(` ${amount} ${currency}.`);
  });
});
