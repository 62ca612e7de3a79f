import type { Money } from '../../kernel/values/money.ts';
import type { Notification } from './notification.ts';

interface Addressed {
  readonly orderId: string;
  readonly userId: string;
}

/**
 * Currencies without two decimals, as ISO 4217 lists them. Not from Intl: its data (CLDR) rounds some as people do, the
 * Hungarian forint to none.
 */
const NO_DECIMALS = 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'.split(' ');
const THREE_DECIMALS = 'BHD IQD JOD KWD LYD OMR TND'.split(' ');
const USUAL_DECIMALS = 2;

const decimalsOf = (currency: string): number => {
  if (NO_DECIMALS.includes(currency)) return 0;
  return THREE_DECIMALS.includes(currency) ? 3 : USUAL_DECIMALS;
};

/** `21.00 EUR`, by digits alone: a floating point number could not hold every amount. */
const readable = ({ amount, currency }: Money): string => {
  const decimals = decimalsOf(currency);
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
  operator: 'We had to cancel it.',
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
