import type { DataByType, MessageOf } from '../../kernel/messages/service-messages.ts';
import type { ordersMessages } from '../messages.contract.ts';
import type { FulfilmentReport } from './fulfilment.saga.ts';

type Lists = typeof ordersMessages;
type Data = DataByType<readonly [...Lists['subscribes'], Lists['accepts'][0]]>;

/** A message that moves orders on. */
export type Received<Type extends keyof Data = keyof Data> = MessageOf<Data, Type>;

/** Keyed by type: a message that is subscribed to or accepted without a translation does not compile. */
const translations: { readonly [Type in keyof Data]: (data: Data[Type], givesUpBefore: string) => FulfilmentReport } = {
  'StockReserved.v1': () => ({ type: 'ReportStockReserved' }),
  'StockRejected.v1': ({ unavailable }) => ({ type: 'ReportStockRejected', unavailable }),
  'StockReleased.v1': () => ({ type: 'ReportStockReleased' }),
  'PaymentCaptured.v1': ({ amount }) => ({ type: 'ReportPaymentCaptured', amount }),
  'PaymentDeclined.v1': () => ({ type: 'ReportPaymentDeclined' }),
  'PaymentRefunded.v1': () => ({ type: 'ReportPaymentRefunded' }),
  'CheckDeadline.v1': ({ step, attempt = 0 }, givesUpBefore) => ({
    type: 'CheckDeadline',
    step,
    attempt,
    givesUpBefore,
  }),
  'UserErased.v1': () => ({ type: 'ReportUserErased' }),
};

/** The message in the saga's own words; an order placed before `givesUpBefore` (RFC 3339) is out of patience. */
export const reportOf = <Type extends keyof Data>(message: Received<Type>, givesUpBefore: string): FulfilmentReport =>
  translations[message.type](message.data, givesUpBefore);
