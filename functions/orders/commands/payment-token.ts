import { capturePaymentV1 } from '../../../events/contracts/payments/capture-payment.v1.ts';
import type { Message } from '../../kernel/messages/message.ts';
import type { Clock } from '../../kernel/ports/clock.ts';
import { keepSecret, readSecret } from '../../kernel/stores/secrets.ts';
import type { Table, Write } from '../../kernel/stores/table.ts';
import { textIn } from '../../kernel/values/members.ts';
import type { Secret } from '../../kernel/values/secret.ts';
import type { Order } from '../domain/order.ts';
import { storedToken } from '../rows/stored-token.ts';

/** An order out of patience is given up by a timer, and the longest waits 900 s. */
const MARGIN_SECONDS = 3_600;

/** In the commit that places the order. */
export const keepToken = (orderId: string, token: Secret, nowMs: number, patienceSeconds: number): Write =>
  keepSecret(orderId, token, nowMs + (patienceSeconds + MARGIN_SECONDS) * 1000);

/** Whether the order may still ask for its payment. */
export const needsToken = (order: Order): boolean =>
  order.kind === 'pending' && (order.payment === 'idle' || order.payment === 'requested');

/** A CapturePayment with the token of its order, if that is still there; any other command as it is. */
export const withToken =
  (table: Pick<Table, 'get'>, { now }: Clock) =>
  async (command: Message): Promise<Message> => {
    if (command.type !== capturePaymentV1.type || command.data.paymentToken !== undefined) return command;
    const orderId = textIn(command.data, 'orderId');
    const token = (await readSecret(table, orderId, now())) ?? (await storedToken(table, orderId));
    return token ? { ...command, data: { ...command.data, paymentToken: token.reveal() } } : command;
  };
