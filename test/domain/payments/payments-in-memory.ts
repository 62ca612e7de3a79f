import type { Message } from '../../../functions/kernel/messages/message.ts';
import { createMemoryTable } from '../../../functions/kernel/stores/memory-table.ts';
import type { OutboxMessage } from '../../../functions/kernel/stores/outbox.ts';
import type { Table } from '../../../functions/kernel/stores/table.ts';
import type { ChargeOutcome } from '../../../functions/payments/domain/payment.ts';
import type { PaymentProvider } from '../../../functions/payments/domain/payment-provider.ts';
import { relayed } from '../../support/relayed.ts';

export const details = { orderId: '01JORDER', userId: 'alice', amount: { amount: 900, currency: 'EUR' } };

export const message = (id: string, type: string): Message => ({
  type,
  data: {},
  metadata: {
    id,
    occurredAt: '2026-11-24T12:00:01.000Z',
    correlationId: 'c',
    causationId: 'x',
    aggregate: 'order/1',
    version: 1,
  },
});

/** A provider with a ledger: what one key did it does once. */
const ledgerProvider = () => {
  const ledger = { captured: 0, refunded: 0 };
  const charges = new Map<string, ChargeOutcome>();
  const refunds = new Set<string>();
  const provider: PaymentProvider = {
    charge: async ({ key, amount, paymentToken }) => {
      const known = charges.get(key);
      if (known) return known;
      const outcome: ChargeOutcome =
        paymentToken.reveal() === 'tok_declined'
          ? { kind: 'declined' }
          : { kind: 'captured', chargeId: `charge-${key}` };
      charges.set(key, outcome);
      if (outcome.kind === 'captured') ledger.captured += amount.amount;
      return outcome;
    },
    void: async ({ key }) => {
      const known = charges.get(key);
      if (known) return known;
      charges.set(key, { kind: 'declined' });
      return { kind: 'declined' };
    },
    refund: async ({ key, amount }) => {
      if (!refunds.has(key)) ledger.refunded += amount.amount;
      refunds.add(key);
    },
  };
  return { provider, ledger };
};

export type Crash = { readonly call: number; readonly when: 'before' | 'after' };

export class Crashed extends Error {}

/** Dies at the numbered call to the table or the provider, before or after it took effect. */
export const createCrasher = (crash: Crash) => {
  let calls = 0;
  const guard =
    <A extends readonly unknown[], R>(call: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      calls += 1;
      const dies = calls === crash.call;
      if (dies && crash.when === 'before') throw new Crashed();
      const result = await call(...args);
      if (dies) throw new Crashed();
      return result;
    };
  return {
    calls: () => calls,
    table: ({ get, query, commit }: Table): Table => ({ get: guard(get), query: guard(query), commit: guard(commit) }),
    provider: ({ charge, void: voidCharge, refund }: PaymentProvider): PaymentProvider => ({
      charge: guard(charge),
      void: guard(voidCharge),
      refund: guard(refund),
    }),
  };
};

export const paymentsInMemory = () => {
  const table = relayed(createMemoryTable());
  const { provider, ledger } = ledgerProvider();
  return {
    table,
    provider,
    ledger,
    clock: { now: () => Date.parse('2026-11-24T12:00:00Z') },
  };
};

export const told = (table: { sent(): readonly OutboxMessage[] }): readonly (readonly [string, number | undefined])[] =>
  table.sent().map(({ message: { type, data } }) => {
    const { amount } = data;
    return [
      type,
      typeof amount === 'object' && amount !== null && 'amount' in amount ? Number(amount.amount) : undefined,
    ] as const;
  });
