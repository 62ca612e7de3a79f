import { causedBy } from '../../kernel/messages/message.ts';
import { isoTime } from '../../kernel/ports/clock.ts';
import { forgetSecret } from '../../kernel/stores/secrets.ts';
import type { Money } from '../../kernel/values/money.ts';
import { type FulfilmentReport, isWronglyPaid } from '../sagas/fulfilment.saga.ts';
import { type Received, reportOf } from '../sagas/report-of.ts';
import { decideOrder, type OrderChange, type OrderDeps } from './decide-order.ts';
import { eraseCustomer } from './erase-customer.ts';
import { needsToken } from './payment-token.ts';

/** Reports after which an order may need its payment token no longer. Not its timers: they come long after. */
const ENDINGS: ReadonlySet<Received['type']> = new Set([
  'PaymentCaptured.v1',
  'PaymentDeclined.v1',
  'PaymentRefunded.v1',
  'StockRejected.v1',
  'StockReleased.v1',
] as const);

type OnWrongPayment = (payment: WrongPayment) => void;

/** An order that ends because another amount was captured than it comes to. */
export interface WrongPayment {
  readonly orderId: string;
  readonly due: Money;
  readonly captured: Money;
}

const wrongPaymentIn = (report: FulfilmentReport, { before, events }: OrderChange): WrongPayment | undefined => {
  if (report.type !== 'ReportPaymentCaptured' || events.length === 0 || before.kind === 'none') return undefined;
  const { orderId, total } = before.placed;
  return isWronglyPaid(report, before) ? { orderId, due: total, captured: report.amount } : undefined;
};

/**
 * A report moves a leg of the order forward, a timer counts: the second copy of either finds the order moved on and changes
 * nothing. So no inbox is needed.
 */
const apply = async (deps: OrderDeps, message: Received, orderId: string, onWrong: OnWrongPayment): Promise<void> => {
  const nowMs = deps.clock.now();
  const givesUpBefore = isoTime(nowMs - deps.patienceSeconds * 1000);
  const report = reportOf(message, givesUpBefore);
  const change = await decideOrder(deps, { orderId, command: report, cause: causedBy(message) });
  const wrong = wrongPaymentIn(report, change);
  if (wrong) onWrong(wrong);
  if (ENDINGS.has(message.type) && !needsToken(change.state)) await deps.table.commit([forgetSecret(orderId, nowMs)]);
};

/** Moves the orders on that a message is about. Throws Refused `not_found` for an order that was never placed. */
export const fulfilOrder = (
  deps: OrderDeps,
  message: Received,
  onWrongPayment: OnWrongPayment = () => undefined,
): Promise<void> =>
  message.type === 'UserErased.v1'
    ? eraseCustomer(deps, message.data.userId, causedBy(message))
    : apply(deps, message, message.data.orderId, onWrongPayment);
