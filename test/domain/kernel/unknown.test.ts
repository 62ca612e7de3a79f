import { describe, expect, it } from '@jest/globals';
import { productDecider } from '../../../functions/catalog/domain/product-decider.ts';
import { reservationDecider } from '../../../functions/catalog/domain/reservation-decider.ts';
import { orderDecider } from '../../../functions/orders/domain/order-decider.ts';
import { waitsOf } from '../../../functions/orders/domain/waits-of.ts';
import { fulfilment } from '../../../functions/orders/sagas/fulfilment.saga.ts';
import { nextStep } from '../../../functions/orders/sagas/next-step.ts';
import { paymentDecider } from '../../../functions/payments/domain/payment-decider.ts';
import { leaseDecider } from '../../../functions/registry/domain/lease-decider.ts';
import { userDecider } from '../../../functions/users/domain/user-decider.ts';

const pending = fulfilment.evolve(fulfilment.initialState, JSON.parse('{ "type": "OrderPlaced" }'));

/** What another version of the code may have written or sent. */
const later = JSON.parse('{ "type": "OfLaterCode", "kind": "ofLaterCode", "items": [], "lines": [] }');
const held = JSON.parse('{ "kind": "held" }');
const place = JSON.parse('{ "type": "CancelOrder", "reason": "customer" }');

const meetings: readonly (readonly [string, () => unknown])[] = [
  ['a command for an order', () => orderDecider.decide(later, pending)],
  ['a state of an order', () => orderDecider.decide(place, later)],
  ['an event of an order', () => orderDecider.evolve(pending, later)],
  ['a report to the saga', () => fulfilment.decide(later, pending)],
  ['a state of the saga', () => nextStep(later)],
  ['a state that waits', () => waitsOf(later)],
  ['a command for a payment', () => paymentDecider.decide(later, paymentDecider.initialState)],
  ['an event of a payment', () => paymentDecider.evolve(paymentDecider.initialState, later)],
  ['an event of a product', () => productDecider.evolve(productDecider.initialState, later)],
  [
    'a state of a reservation to hold',
    () => reservationDecider.decide({ type: 'ReserveStock', lines: [], unavailable: [] }, later),
  ],
  ['a state of a reservation to release', () => reservationDecider.decide({ type: 'ReleaseStock' }, later)],
  ['an event of a reservation', () => reservationDecider.evolve(reservationDecider.initialState, later)],
  ['a command for a user', () => userDecider.decide(later, userDecider.initialState)],
  ['an event of a user', () => userDecider.evolve(userDecider.initialState, later)],
  ['a command for a lease', () => leaseDecider.decide(later, held)],
  ['an event of a lease', () => leaseDecider.evolve(leaseDecider.initialState, later)],
];

describe('code that meets what only later code knows', () => {
  it.each(meetings)('stops at %s, and decides nothing', (_what, meet) => {
    expect(meet).toThrow(/^unhandled case: /);
  });
});
