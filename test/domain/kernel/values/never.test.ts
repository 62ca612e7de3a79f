import { describe, expect, it } from '@jest/globals';
import { permit } from '../../../../functions/kernel/calls/circuit-breaker.ts';
import { paymentDecider } from '../../../../functions/payments/domain/payment-decider.ts';

describe('a case that the code does not know', () => {
  it.each([
    ['{"type":"PaymentGifted","paymentToken":"tok_secret"}', 'PaymentGifted'],
    ['{"paymentToken":"tok_secret"}', 'object'],
    ['"tok_secret"', 'string'],
  ])('is named, without what else the value holds: %s', (stored, name) => {
    const evolve = () => paymentDecider.evolve(paymentDecider.initialState, JSON.parse(stored));
    expect(evolve).toThrow(new Error(`unhandled case: ${name}`));
  });

  it('is named by its kind when it has no type', () => {
    const ask = () => permit(JSON.parse('{"kind":"melted","untilMs":5}'), 0, { threshold: 1, openMs: 1 });
    expect(ask).toThrow(new Error('unhandled case: melted'));
  });
});
