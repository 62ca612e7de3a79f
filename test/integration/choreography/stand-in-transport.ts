import { createHash } from 'node:crypto';
import type { Transport } from '../../../functions/kernel/calls/transport.ts';
import type { Table } from '../../../functions/kernel/stores/table.ts';
import { Refused } from '../../../functions/kernel/values/errors.ts';
import { createCharge } from '../../../functions/payment-provider/commands/create-charge.ts';
import { createRefund } from '../../../functions/payment-provider/commands/create-refund.ts';
import { voidCharge } from '../../../functions/payment-provider/commands/void-charge.ts';

const hash = (text: string): string => createHash('sha256').update(text).digest('hex');

/** A reply that takes longer than the caller waits is one that never comes. */
class TooLate extends Error {}

/** The provider's stand-in without HTTP in between: its commands, and the statuses that its door gives their outcomes. */
export const standInTransport =
  (table: Table): Transport =>
  async ({ url, body, headers }) => {
    const keyed = { keyHash: hash(headers['idempotency-key'] ?? ''), fingerprint: hash(body) };
    const request = JSON.parse(body);
    const delay = () => Promise.reject(new TooLate());
    try {
      const answer = async () => {
        if (url.endsWith('/charges')) return createCharge({ table, delay }, { ...request, ...keyed });
        if (url.endsWith('/voids')) return voidCharge(table, { ...request, ...keyed });
        return createRefund(table, { ...request, ...keyed });
      };
      return { status: 201, body: JSON.stringify(await answer()) };
    } catch (thrown) {
      if (thrown instanceof TooLate) throw thrown;
      if (!(thrown instanceof Refused)) return { status: 500, body: '{}' };
      return { status: 422, body: JSON.stringify({ type: `problems/${thrown.refusal.code}` }) };
    }
  };
