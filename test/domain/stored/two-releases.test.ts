import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { handleCommand } from '../../../functions/kernel/stores/command-handler.ts';
import { createMemoryTable } from '../../../functions/kernel/stores/memory-table.ts';
import { streamOf } from '../../../functions/kernel/stores/stream.ts';
import type { Table } from '../../../functions/kernel/stores/table.ts';
import { createOrderStore } from '../../../functions/orders/rows/order-stream.ts';
import { type FulfilmentCommand, fulfilment } from '../../../functions/orders/sagas/fulfilment.saga.ts';
import { NEVER, placed } from '../orders/scenario.ts';

/** What a release does with an order. */
interface OrderCode {
  readonly createOrderStore: typeof createOrderStore;
  readonly fulfilment: typeof fulfilment;
  readonly streamOf: typeof streamOf;
  readonly handleCommand: typeof handleCommand;
}

const now: OrderCode = { createOrderStore, fulfilment, streamOf, handleCommand };
/** Named apart from its import: plain JavaScript has no types. */
const BEFORE = '../../../events/stored/order/readers/before-commit-rows.js';
const before: OrderCode = await import(BEFORE);

const cause = { correlationId: 'c', causationId: 'r' };
const clock = { now: () => Date.parse(placed.placedAt) };

const decide = (code: OrderCode, table: Table, command: FulfilmentCommand) =>
  code.handleCommand({
    aggregate: code.streamOf({
      store: code.createOrderStore(table),
      decider: code.fulfilment,
      streamId: placed.orderId,
      cause,
      clock,
    }),
    command: () => command,
  });

const load = (code: OrderCode, table: Table) => code.createOrderStore(table).load(placed.orderId, code.fulfilment);

/** The release before keeps a payment token with the order. */
const ofBoth = { ...placed, paymentToken: 'tok_alice' };
const place: FulfilmentCommand = { type: 'PlaceOrder', ...ofBoth };

/** More than the events between two snapshots, so that each release meets a snapshot of the other. */
const questions: readonly FulfilmentCommand[] = Array.from({ length: 30 }, (_, attempt) => ({
  type: 'CheckDeadline',
  step: 'stock',
  attempt,
  givesUpBefore: NEVER,
}));

const reports: readonly FulfilmentCommand[] = [
  { type: 'ReportStockReserved' },
  { type: 'ReportStockRejected', unavailable: ['tea'] },
  { type: 'ReportStockReleased' },
  { type: 'ReportPaymentCaptured', amount: placed.total },
  { type: 'ReportPaymentDeclined' },
  { type: 'ReportPaymentRefunded' },
  { type: 'ReportUserErased' },
  { type: 'CancelOrder', reason: 'customer' },
];

/** Commands, each with whether the release before decides it; a canary and a rollback both look like this. */
const story = fc
  .tuple(fc.nat(30), fc.array(fc.constantFrom(...reports), { maxLength: 8 }))
  .map(([asked, reported]) => [place, ...questions.slice(0, asked), ...reported])
  .chain((commands) =>
    fc.tuple(fc.constant(commands), fc.array(fc.boolean(), { minLength: commands.length, maxLength: commands.length })),
  );

const typesOf = ({ events }: { readonly events: readonly { readonly type: string }[] }) =>
  events.map(({ type }) => type);

/** The release before kept each event in a row of its own, and reads rows of whole commits. */
describe('this release and the one before commits were kept in one row', () => {
  it('decide one order in turn, and read the same from it', async () => {
    await fc.assert(
      fc.asyncProperty(story, async ([commands, byTheOlder]) => {
        const [mixed, alone] = [createMemoryTable(), createMemoryTable()];
        for (const [index, command] of commands.entries()) {
          const code = byTheOlder[index] ? before : now;
          // A final order cannot be cancelled, whichever release is asked.
          const outcome = await decide(code, mixed, command).then(typesOf, String);
          expect(outcome).toEqual(await decide(now, alone, command).then(typesOf, String));
        }
        expect(await load(now, mixed)).toEqual(await load(now, alone));
        const { version, state } = await load(now, mixed);
        expect(await load(before, mixed)).toMatchObject({ version, state });
      }),
      { numRuns: 100 },
    );
  });
});
