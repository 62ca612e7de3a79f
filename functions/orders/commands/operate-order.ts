import type { Cause } from '../../kernel/messages/message.ts';
import type { StoredEvent } from '../../kernel/stores/event-store.ts';
import type { JsonObject } from '../../kernel/values/json.ts';
import { waitsIn } from '../domain/open-waits.ts';
import type { ByHand, OrderEvent } from '../domain/order.ts';
import { decideOrder, type OrderDeps } from './decide-order.ts';
import { orderMessages } from './order-messages.ts';

export interface HandOperation {
  readonly operation: 'resend' | 'cancel';
  readonly orderId: string;
  readonly by: string;
  readonly why: string;
}

/** Asks for what an order waits for again, or cancels it. Throws Refused `not_found`, or `conflict` when it is final. */
export const operateOrder = async (
  deps: OrderDeps,
  { operation, orderId, by, why }: HandOperation,
  cause: Cause,
): Promise<void> => {
  const byHand: ByHand = { by, why };
  const command =
    operation === 'cancel'
      ? ({ type: 'CancelOrder', reason: 'operator', byHand } as const)
      : ({ type: 'AskAgain', byHand } as const);
  await decideOrder(deps, { orderId, command, cause });
};

/** What left because of an order's events, oldest first, without what the messages carry. */
export const messagesSent = (history: readonly StoredEvent<OrderEvent>[]): readonly JsonObject[] =>
  history.flatMap(({ event, version, occurredAt, cause }, position) => {
    const { order } = waitsIn(history.slice(0, position + 1));
    if (order === undefined) return [];
    const tools = { clock: { now: () => Date.parse(occurredAt) }, ids: { next: () => '' } };
    return orderMessages({ events: [event], state: order, version }, cause, tools).map(({ message, destination }) => ({
      type: message.type,
      sentAt: occurredAt,
      version,
      to: destination.kind === 'bus' ? 'bus' : destination.queue,
      ...('delaySeconds' in destination && { delaySeconds: destination.delaySeconds }),
    }));
  });
