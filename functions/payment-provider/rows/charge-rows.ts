import type { Item, Key } from '../../kernel/stores/table.ts';
import { type Refusal, Refused } from '../../kernel/values/errors.ts';
import type { Charge } from '../domain/charge.ts';

/** A request as its Idempotency-Key knows it: `keyHash` names it, `fingerprint` shows whether it is the same one. */
export interface KeyedRequest {
  readonly keyHash: string;
  readonly fingerprint: string;
}

const ID_LENGTH = 24;

/** Ids come from the key, so that a key finds what it did however long ago that was. */
export const idOf = (prefix: 'ch' | 're', { keyHash }: Pick<KeyedRequest, 'keyHash'>): string =>
  `${prefix}_${keyHash.slice(0, ID_LENGTH)}`;

export const chargeKey = (id: string): Key => ({ pk: `CHARGE#${id}`, sk: 'CHARGE' });

export const refundKey = (id: string): Key => ({ pk: `REFUND#${id}`, sk: 'REFUND' });

export const chargeRow = (charge: Charge, fingerprint: string, version: number): Item => ({
  ...chargeKey(charge.id),
  id: charge.id,
  status: charge.status,
  amount: charge.amount.amount,
  currency: charge.amount.currency,
  refunded: charge.refunded,
  fingerprint,
  version,
});

export const chargeOf = (item: Item): Charge => ({
  id: String(item.id),
  status: item.status === 'captured' ? 'captured' : 'declined',
  amount: { amount: Number(item.amount), currency: String(item.currency) },
  refunded: Number(item.refunded),
});

const reused: Refusal = {
  outcome: 'unprocessable',
  code: 'idempotency-key-reused',
  detail: 'This Idempotency-Key was used with another request.',
};

/** The fingerprint of a charge that was voided before it was made: it is the answer to every request under its key. */
export const VOIDED = 'voided';

export const sameRequest = (item: Item, { fingerprint }: KeyedRequest): Item => {
  if (item.fingerprint !== fingerprint && item.fingerprint !== VOIDED) throw new Refused(reused);
  return item;
};
