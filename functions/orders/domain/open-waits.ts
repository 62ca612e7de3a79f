import { isoTime } from '../../kernel/ports/clock.ts';
import { fold } from '../../kernel/stores/decider.ts';
import type { ExistingOrder, OrderEvent, Step } from './order.ts';
import { orderDecider } from './order-decider.ts';
import { waitsOf } from './waits-of.ts';

export interface DatedEvent {
  /** RFC 3339, UTC. */
  readonly occurredAt: string;
  readonly event: OrderEvent;
}

/** What an order waits for, and since when. Times are RFC 3339, UTC. */
export interface Wait {
  readonly step: Step;
  /** When it was asked for first. */
  readonly since: string;
  /** How often it was asked for again: the number of the timer that is waited for. */
  readonly attempt: number;
  /** When it was asked for last. */
  readonly askedAt: string;
  /** When the timer is due, which asks for it again. */
  readonly asksAgainAt: string;
}

/** SQS delays at most 900 s. */
const FIRST_WAIT_SECONDS = 60;
const LONGEST_WAIT_SECONDS = 900;

/** After how long a step is asked for again. */
export const waitAfter = (attempt: number): number => Math.min(LONGEST_WAIT_SECONDS, FIRST_WAIT_SECONDS * 2 ** attempt);

const FIRST_ASKED_BY: Readonly<Record<Step, OrderEvent['type']>> = {
  stock: 'OrderPlaced',
  payment: 'PaymentRequested',
  refund: 'RefundRequested',
  release: 'StockReleaseRequested',
};

const waitOf = (step: Step, order: ExistingOrder, history: readonly DatedEvent[]): Wait => {
  const first = history.findLast(({ event }) => event.type === FIRST_ASKED_BY[step]);
  const last = history.findLast(({ event }) => event.type === 'StepAskedAgain' && event.step === step);
  const since = first?.occurredAt ?? order.placed.placedAt;
  const askedAt = last?.occurredAt ?? since;
  const attempt = order.askedAgain[step] ?? 0;
  const asksAgainAt = isoTime(Date.parse(askedAt) + waitAfter(attempt) * 1000);
  return { step, since, attempt, askedAt, asksAgainAt };
};

/** The state that an order's whole history, oldest first, comes to, and what it waits for then. */
export const waitsIn = (
  history: readonly DatedEvent[],
): { readonly order?: ExistingOrder; readonly waits: readonly Wait[] } => {
  const state = fold(
    orderDecider,
    history.map(({ event }) => event),
  );
  if (state.kind === 'none') return { waits: [] };
  return { order: state, waits: waitsOf(state).map((step) => waitOf(step, state, history)) };
};
