import { stockRejectedV1 } from '../../../events/contracts/catalog/stock-rejected.v1.ts';
import { stockReleasedV1 } from '../../../events/contracts/catalog/stock-released.v1.ts';
import { stockReservedV1 } from '../../../events/contracts/catalog/stock-reserved.v1.ts';
import { checkDeadlineV1 } from '../../../events/contracts/orders/check-deadline.v1.ts';
import { paymentCapturedV1 } from '../../../events/contracts/payments/payment-captured.v1.ts';
import { paymentDeclinedV1 } from '../../../events/contracts/payments/payment-declined.v1.ts';
import { paymentRefundedV1 } from '../../../events/contracts/payments/payment-refunded.v1.ts';
import type { MessageContract } from '../../kernel/messages/contract.ts';
import type { Message } from '../../kernel/messages/message.ts';
import type { FulfilmentReport } from './fulfilment.saga.ts';

export interface AddressedReport {
  readonly orderId: string;
  readonly report: FulfilmentReport;
}

const hears = <Data extends { readonly orderId: string }>(
  { type, data }: MessageContract<string, Data>,
  report: (data: Data) => FulfilmentReport,
) => ({
  type,
  read: (message: Message<string, unknown>): AddressedReport | undefined => {
    const parsed = data.safeParse(message.data);
    return parsed.success ? { orderId: parsed.data.orderId, report: report(parsed.data) } : undefined;
  },
});

const heard = [
  hears(stockReservedV1, () => ({ type: 'ReportStockReserved' })),
  hears(stockRejectedV1, ({ unavailable }) => ({ type: 'ReportStockRejected', unavailable })),
  hears(stockReleasedV1, () => ({ type: 'ReportStockReleased' })),
  hears(paymentCapturedV1, () => ({ type: 'ReportPaymentCaptured' })),
  hears(paymentDeclinedV1, () => ({ type: 'ReportPaymentDeclined' })),
  hears(paymentRefundedV1, () => ({ type: 'ReportPaymentRefunded' })),
  hears(checkDeadlineV1, ({ step }) => ({ type: 'CheckDeadline', step })),
];

/** The published language in the saga's own words; undefined for a message that is not about one order. */
export const reportOf = (message: Message<string, unknown>): AddressedReport | undefined =>
  heard.find(({ type }) => type === message.type)?.read(message);
