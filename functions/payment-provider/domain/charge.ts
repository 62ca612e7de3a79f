import type { Refusal } from '../../kernel/values/errors.ts';
import type { Money } from '../../kernel/values/money.ts';

export interface Charge {
  readonly id: string;
  readonly status: 'captured' | 'declined';
  readonly amount: Money;
  /** Minor units given back so far, never more than captured. */
  readonly refunded: number;
}

/** Why a charge cannot be refunded by that much; undefined when it can. */
export const refundObjection = (charge: Charge, { amount, currency }: Money): Refusal | undefined => {
  const captured = charge.status === 'captured' ? charge.amount.amount : 0;
  if (currency === charge.amount.currency && amount <= captured - charge.refunded) return undefined;
  return {
    outcome: 'unprocessable',
    code: 'refund-too-large',
    detail: 'A refund cannot be larger than what is left of the charge.',
    fields: [{ pointer: '#/amount', detail: 'is more than is left of the charge' }],
  };
};
