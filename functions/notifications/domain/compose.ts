import type { Money } from '../../kernel/values/money.ts';
import type { Notification } from './notification.ts';

interface Addressed {
  readonly orderId: string;
  readonly userId: string;
}

/** ISO 4217 currencies that have no two decimals; every other one that a shop meets has. */
const DECIMALS: Readonly<Record<string, number>> = {
  JPY: 0,
  KRW: 0,
  CLP: 0,
  ISK: 0,
  VND: 0,
  BHD: 3,
  KWD: 3,
  OMR: 3,
  TND: 3,
};
const USUAL_DECIMALS = 2;

/** `21.00 EUR`, by digits alone: a floating point number could not hold every amount. */
const readable = ({ amount, currency }: Money): string => {
  const decimals = DECIMALS[currency] ?? USUAL_DECIMALS;
  if (decimals === 0) return `${amount} ${currency}`;
  const digits = String(amount).padStart(decimals + 1, '0');
  return `${digits.slice(0, -decimals)}.${digits.slice(-decimals)} ${currency}`;
};

const REASONS: Readonly<Record<string, string>> = {
  out_of_stock: 'A product is out of stock.',
  payment_declined: 'The payment was declined.',
  timed_out: 'It could not be completed in time.',
  customer: 'You cancelled it.',
  user_erased: 'Your account was erased.',
};

export const confirmation = ({ orderId, userId, total }: Addressed & { readonly total: Money }): Notification => ({
  orderId,
  userId,
  kind: 'order_confirmed',
  subject: `Order ${orderId} is confirmed`,
  text: `Thank you. We have charged ${readable(total)}.`,
});

export const cancellation = ({ orderId, userId, reason }: Addressed & { readonly reason: string }): Notification => ({
  orderId,
  userId,
  kind: 'order_cancelled',
  subject: `Order ${orderId} is cancelled`,
  text: `${REASONS[reason] ?? ''} Anything charged has been given back.`.trimStart(),
});
