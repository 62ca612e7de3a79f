import { describe, expect, it } from '@jest/globals';
import type { FulfilmentReport } from '../../../functions/orders/sagas/fulfilment.saga.ts';
import { type Received, reportOf } from '../../../functions/orders/sagas/report-of.ts';
import { NEVER } from './scenario.ts';

const order = { orderId: 'o-1', userId: 'ada' };
const amount = { amount: 900, currency: 'EUR' };
const metadata = {
  id: 'm',
  occurredAt: '2026-11-24T12:00:00.000Z',
  correlationId: 'c',
  causationId: 'r',
  aggregate: 'a/1',
  version: 1,
};
const timer = { orderId: 'o-1', step: 'refund' } as const;

const pairs: readonly (readonly [Received, FulfilmentReport])[] = [
  [{ type: 'StockReserved.v1', metadata, data: { orderId: 'o-1', items: [] } }, { type: 'ReportStockReserved' }],
  [
    { type: 'StockRejected.v1', metadata, data: { orderId: 'o-1', unavailable: ['tea'] } },
    { type: 'ReportStockRejected', unavailable: ['tea'] },
  ],
  [{ type: 'StockReleased.v1', metadata, data: { orderId: 'o-1', items: [] } }, { type: 'ReportStockReleased' }],
  [
    { type: 'PaymentCaptured.v1', metadata, data: { ...order, amount } },
    { type: 'ReportPaymentCaptured', amount },
  ],
  [{ type: 'PaymentDeclined.v1', metadata, data: { ...order, reason: 'closed' } }, { type: 'ReportPaymentDeclined' }],
  [{ type: 'PaymentRefunded.v1', metadata, data: { ...order, amount } }, { type: 'ReportPaymentRefunded' }],
  [{ type: 'UserErased.v1', metadata, data: { userId: 'ada' } }, { type: 'ReportUserErased' }],
  [
    { type: 'CheckDeadline.v1', metadata, data: { ...timer, attempt: 3 } },
    { type: 'CheckDeadline', step: 'refund', attempt: 3, givesUpBefore: NEVER },
  ],
  // A timer that was set by an earlier release has no number: it is the first one.
  [
    { type: 'CheckDeadline.v1', metadata, data: timer },
    { type: 'CheckDeadline', step: 'refund', attempt: 0, givesUpBefore: NEVER },
  ],
];

describe('a message that moves an order on', () => {
  it.each(pairs)('says to the saga what it says: $type', (message, report) => {
    expect(reportOf(message, NEVER)).toEqual(report);
  });
});
