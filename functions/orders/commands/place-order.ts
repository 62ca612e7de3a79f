import type { Ask } from '../../kernel/calls/peers.ts';
import type { Cause } from '../../kernel/messages/message.ts';
import { isoTime } from '../../kernel/ports/clock.ts';
import {
  type IdempotencyTools,
  type IdempotentRequest,
  idempotent,
  requestInProgress,
  type StoredAnswer,
} from '../../kernel/stores/idempotency.ts';
import type { Secret } from '../../kernel/values/secret.ts';
import { type Quote, quotedLines } from '../domain/order-lines.ts';
import { customerEffects } from '../rows/customer-rows.ts';
import { decideOrder, type OrderChange, type OrderDeps } from './decide-order.ts';
import { keepToken } from './payment-token.ts';

export interface AskedLine {
  readonly sku: string;
  readonly quantity: number;
}

/** Throws Refused `unavailable` when catalog cannot quote. */
export type AskQuote = (items: readonly AskedLine[], ask: Ask) => Promise<Quote>;

export interface PlacingRequest {
  readonly request: IdempotentRequest;
  readonly userId: string;
  readonly items: readonly AskedLine[];
  readonly paymentToken: Secret;
  /** The access token that the request came with: what is asked of others because of it is asked for the same person. */
  readonly caller: Secret | undefined;
  readonly cause: Cause;
}

/** What the commit after the question may take at worst. */
const COMMIT_MS = 1_000;

/** Quotes, decides, and commits events, messages and the answer to this Idempotency-Key together. Throws Refused. */
export const placeOrder = (
  deps: OrderDeps & IdempotencyTools & { readonly askQuote: AskQuote },
  { request, userId, items: asked, paymentToken, caller, cause }: PlacingRequest,
  answerTo: (change: OrderChange) => StoredAnswer,
): Promise<StoredAnswer> =>
  idempotent(deps, request, async (idempotencyWrite) => {
    const deadlineMs = request.remainingMs() - COMMIT_MS;
    const items = quotedLines(asked, await deps.askQuote(asked, { cause, deadlineMs, caller }));
    const orderId = deps.ids.next();
    const nowMs = deps.clock.now();
    const placedAt = isoTime(nowMs);
    const change = await decideOrder(deps, {
      orderId,
      command: { type: 'PlaceOrder', orderId, userId, items, placedAt },
      cause,
      also: (change) => [
        { write: idempotencyWrite(answerTo(change)), whenRefused: requestInProgress },
        { write: keepToken(orderId, paymentToken, nowMs, deps.patienceSeconds), whenRefused: 'retry' },
        ...customerEffects(userId, orderId),
      ],
    });
    return answerTo(change);
  });
