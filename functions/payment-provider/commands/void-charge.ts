import type { Table } from '../../kernel/stores/table.ts';
import { contended, Refused } from '../../kernel/values/errors.ts';
import type { Money } from '../../kernel/values/money.ts';
import type { Charge } from '../domain/charge.ts';
import { chargeKey, chargeOf, chargeRow, idOf, type KeyedRequest, VOIDED } from '../rows/charge-rows.ts';

export interface VoidRequest extends Pick<KeyedRequest, 'keyHash'> {
  readonly amount: Money;
}

const ATTEMPTS = 3;

/** Returns the charge of the key; when there is none, a declined one takes its place, so that none follows. */
export const voidCharge = async (table: Table, request: VoidRequest): Promise<Charge> => {
  const id = idOf('ch', request);
  const declined: Charge = { id, status: 'declined', amount: request.amount, refunded: 0 };
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const known = await table.get(chargeKey(id), { consistent: true });
    if (known) return chargeOf(known);
    const result = await table.commit([{ kind: 'insert', item: chargeRow(declined, VOIDED, 1) }]);
    if (result.kind === 'committed') return declined;
  }
  throw new Refused(contended);
};
