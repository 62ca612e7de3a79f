import type { Table } from '../../kernel/stores/table.ts';
import { contended, notFound, Refused } from '../../kernel/values/errors.ts';
import type { Money } from '../../kernel/values/money.ts';
import { refundObjection } from '../domain/charge.ts';
import {
  chargeKey,
  chargeOf,
  chargeRow,
  idOf,
  type KeyedRequest,
  refundKey,
  sameRequest,
} from '../rows/charge-rows.ts';

export interface RefundRequest extends KeyedRequest {
  readonly chargeId: string;
  readonly amount: Money;
}

export interface Refund {
  readonly id: string;
  readonly chargeId: string;
  readonly amount: Money;
}

const ATTEMPTS = 5;

/** Refunds once per key, never more than was captured. Throws Refused `not_found`, `unprocessable` or `contended`. */
export const createRefund = async (table: Table, request: RefundRequest): Promise<Refund> => {
  const { chargeId, amount, fingerprint } = request;
  const refund: Refund = { id: idOf('re', request), chargeId, amount };
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const known = await table.get(refundKey(refund.id), { consistent: true });
    if (known && sameRequest(known, request)) return refund;
    const item = await table.get(chargeKey(chargeId), { consistent: true });
    if (!item) throw new Refused(notFound('charge'));
    const charge = chargeOf(item);
    const objection = refundObjection(charge, amount);
    if (objection) throw new Refused(objection);
    const version = Number(item.version);
    const after = { ...charge, refunded: charge.refunded + amount.amount };
    const result = await table.commit([
      { kind: 'insert', item: { ...refundKey(refund.id), chargeId, fingerprint } },
      { kind: 'put', item: chargeRow(after, String(item.fingerprint), version + 1), expectedVersion: version },
    ]);
    if (result.kind === 'committed') return refund;
  }
  throw new Refused(contended);
};
