import { describe, expect, it } from '@jest/globals';
import { reservationAggregate } from '../../../functions/catalog/rows/reservation-rows.ts';
import type { Item } from '../../../functions/kernel/stores/table.ts';
import type { JsonObject } from '../../../functions/kernel/values/json.ts';
import { paymentAggregate } from '../../../functions/payments/rows/payment-rows.ts';
import { corpusFiles, readRows } from './corpus.ts';

const details = (orderId: string) => ({ orderId, userId: 'alice', amount: { amount: 900, currency: 'EUR' } });

const reservations = {
  held: {
    kind: 'held',
    lines: [
      { sku: 'tea', quantity: 2 },
      { sku: 'cup', quantity: 1 },
    ],
  },
  rejected: { kind: 'rejected', unavailable: ['tea'] },
  released: { kind: 'released', answered: true },
  closed: { kind: 'released', answered: false },
} as const;

const settled = {
  captured: { kind: 'captured', details: details('captured'), chargeId: 'ch_1' },
  declined: { kind: 'declined', details: details('declined') },
  refunded: { kind: 'refunded', details: details('refunded'), refunded: 900 },
} as const;

const tokenGone = {
  'token-gone': { kind: 'declined', details: details('token-gone'), because: 'token_gone' },
} as const;

const capturing = { kind: 'capturing', details: details('capturing') } as const;

const idOf = ({ pk }: Item): string => pk.slice(pk.indexOf('#') + 1);

const readAll = async (path: string, fromItem: (item: Item) => unknown) =>
  Object.fromEntries((await readRows(path)).map((item) => [idOf(item), fromItem(item)]));

describe('state rows that another release wrote', () => {
  it('are read as they are: reservations', async () => {
    expect(await readAll('reservation/first-release.json', reservationAggregate.fromItem)).toEqual(reservations);
  });

  it.each([
    // Such a capture was started long ago.
    ['first-release', 0],
    ['second-release', 1_764_072_000_000],
  ])('are read as they are: payments of the %s', async (file, startedAtMs) => {
    expect(await readAll(`payment/${file}.json`, paymentAggregate.fromItem)).toEqual({
      ...settled,
      capturing: { ...capturing, startedAtMs },
    });
  });

  it('are read as they are: payments without a token', async () => {
    expect(await readAll('payment/third-release.json', paymentAggregate.fromItem)).toEqual({
      ...settled,
      ...tokenGone,
      capturing: { ...capturing, startedAtMs: 1_764_072_000_000 },
    });
  });

  const today: readonly [string, JsonObject[]][] = [
    ['reservation', Object.values(reservations).map(reservationAggregate.toAttributes)],
    [
      'payment',
      [...Object.values({ ...settled, ...tokenGone }), { ...capturing, startedAtMs: 1 }].map(
        paymentAggregate.toAttributes,
      ),
    ],
  ];

  it.each(today)('get a file of their own when they get new members: %s', async (aggregate, attributes) => {
    const known = new Set<string>();
    for (const path of await corpusFiles(aggregate))
      for (const { pk: _, sk: __, version: ___, ...rest } of await readRows(path))
        known.add(`${String(rest.kind)}: ${Object.keys(rest).sort().join(', ')}`);
    const written = attributes.map((each) => `${String(each.kind)}: ${Object.keys(each).sort().join(', ')}`);
    expect(written.filter((each) => !known.has(each))).toEqual([]);
  });
});
