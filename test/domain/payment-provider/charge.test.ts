import { describe, expect, it } from '@jest/globals';
import { behaviourOf, PlannedFault } from '../../../functions/payment-provider/domain/behaviour.ts';
import { type Charge, refundObjection } from '../../../functions/payment-provider/domain/charge.ts';

const eur = (amount: number) => ({ amount, currency: 'EUR' });
const charge: Charge = { id: 'c-1', status: 'captured', amount: eur(900), refunded: 300 };
const tooLarge = {
  outcome: 'unprocessable',
  code: 'refund-too-large',
  detail: 'A refund cannot be larger than what is left of the charge.',
  fields: [{ pointer: '#/amount', detail: 'is more than is left of the charge' }],
};

describe('a refund', () => {
  it('takes what is left of the charge', () => {
    expect(refundObjection(charge, eur(600))).toBeUndefined();
    expect(refundObjection({ ...charge, refunded: 0 }, eur(900))).toBeUndefined();
  });

  it.each<[string, Charge, { amount: number; currency: string }]>([
    ['more than is left', charge, eur(601)],
    ['another currency', charge, { amount: 1, currency: 'JPY' }],
    ['anything of a declined charge', { ...charge, status: 'declined', refunded: 0 }, eur(1)],
  ])('does not take %s', (_what, of, money) => {
    expect(refundObjection(of, money)).toEqual(tooLarge);
  });
});

describe('a test token', () => {
  it('says what the provider does', () => {
    const tokens = ['tok_ok', 'tok_declined', 'tok_slow', 'tok_error_once', 'tok_lost_reply', 'tok_other'];
    expect(tokens.map(behaviourOf)).toEqual([
      { outcome: 'captured', fault: 'none' },
      { outcome: 'declined', fault: 'none' },
      { outcome: 'captured', fault: 'slow' },
      { outcome: 'captured', fault: 'error_once' },
      { outcome: 'captured', fault: 'lost_reply' },
      undefined,
    ]);
    expect(new PlannedFault('x').name).toBe('PlannedFault');
  });
});
