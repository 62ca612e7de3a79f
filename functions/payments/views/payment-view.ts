import type { Table } from '../../kernel/stores/table.ts';
import type { JsonObject } from '../../kernel/values/json.ts';
import { moneyShown } from '../../kernel/values/money.ts';
import type { Principal } from '../../kernel/values/principal.ts';
import type { Payment } from '../domain/payment.ts';
import { paymentKey, paymentOf } from '../rows/payment-rows.ts';

type Known = Exclude<Payment, { kind: 'none' }>;

const STATUS = { capturing: 'PENDING', captured: 'CAPTURED', declined: 'DECLINED', refunded: 'REFUNDED' } as const;

/** Amounts in minor units: `captured` was taken from the customer, `refunded` was given back. */
const paymentView = (payment: Known): JsonObject => {
  const { orderId, amount } = payment.details;
  const refunded = payment.kind === 'refunded' ? payment.refunded : 0;
  const captured = payment.kind === 'captured' ? amount.amount : refunded;
  return { orderId, status: STATUS[payment.kind], amount: moneyShown(amount), captured, refunded };
};

/** The payment of an order: one, or none when there is none or it is not the caller's. */
export const paymentsOf = async (
  table: Table,
  { sub, isAdmin }: Principal,
  orderId: string,
): Promise<readonly JsonObject[]> => {
  const item = await table.get(paymentKey(orderId), { consistent: true });
  const payment = item && paymentOf(item);
  if (!payment || payment.kind === 'none' || (payment.details.userId !== sub && !isAdmin)) return [];
  return [paymentView(payment)];
};
