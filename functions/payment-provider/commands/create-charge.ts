import type { Table } from '../../kernel/stores/table.ts';
import { Refused } from '../../kernel/values/errors.ts';
import type { Money } from '../../kernel/values/money.ts';
import { behaviourOf, PlannedFault } from '../domain/behaviour.ts';
import type { Charge } from '../domain/charge.ts';
import { chargeKey, chargeOf, chargeRow, idOf, type KeyedRequest, sameRequest } from '../rows/charge-rows.ts';

/** Twice as long as payments waits for one answer. */
const SLOW_MS = 4_000;

export interface ChargeDeps {
  readonly table: Table;
  readonly delay: (ms: number) => Promise<void>;
}

export interface ChargeRequest extends KeyedRequest {
  readonly amount: Money;
  readonly token: string;
}

/** True the first time that a key is used. */
const failsNow = async (table: Table, id: string): Promise<boolean> => {
  const row = { pk: `FAULT#${id}`, sk: 'FAULT' };
  return (await table.commit([{ kind: 'insert', item: row }])).kind === 'committed';
};

/** Charges once per key; a key used again returns what the first use came to. Throws Refused for an unknown token. */
export const createCharge = async ({ table, delay }: ChargeDeps, request: ChargeRequest): Promise<Charge> => {
  const id = idOf('ch', request);
  const known = await table.get(chargeKey(id), { consistent: true });
  if (known) return chargeOf(sameRequest(known, request));

  const behaviour = behaviourOf(request.token);
  if (!behaviour) {
    const detail = 'There is no such token.';
    const fields = [{ pointer: '#/token', detail }];
    throw new Refused({ outcome: 'unprocessable', code: 'unknown-token', detail, fields });
  }
  if (behaviour.fault === 'error_once' && (await failsNow(table, id)))
    throw new PlannedFault('the token asks to fail once');

  const charge: Charge = { id, status: behaviour.outcome, amount: request.amount, refunded: 0 };
  const result = await table.commit([{ kind: 'insert', item: chargeRow(charge, request.fingerprint, 1) }]);
  if (result.kind === 'refused') return createCharge({ table, delay }, request);
  if (behaviour.fault === 'slow') await delay(SLOW_MS);
  if (behaviour.fault === 'lost_reply') throw new PlannedFault('the token asks to lose the reply');
  return charge;
};
