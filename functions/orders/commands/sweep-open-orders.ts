import type { Cause } from '../../kernel/messages/message.ts';
import { isoTime } from '../../kernel/ports/clock.ts';
import type { Log } from '../../kernel/ports/log.ts';
import type { Random } from '../../kernel/ports/runtime.ts';
import type { Table } from '../../kernel/stores/table.ts';
import { type Wait, waitAfter, waitsIn } from '../domain/open-waits.ts';
import { type OpenOrder, openOrders } from '../rows/open-orders.ts';
import { decideOrder, type OrderDeps } from './decide-order.ts';

export interface SweepDeps extends OrderDeps {
  readonly views: Pick<Table, 'query'>;
  readonly random: Random;
  readonly log: Pick<Log, 'error'>;
}

export interface OpenOrdersReport {
  readonly open: number;
  /** Age of the oldest one; 0 when there is none. */
  readonly oldestMs: number;
  /** Steps whose timer was lost and runs again. */
  readonly restarted: number;
  readonly failed: number;
  /** Orders that the time did not suffice to look at. */
  readonly unseen: number;
}

/** As long as a failed message may stay away from its consumer: a timer that is later than this is lost. */
const LATE_MS = 900_000;

const LANES = 10;
const MARGIN_MS = 5_000;

/** In an order of chance, so that a run that ends early does not always leave out the same ones. */
const shuffled = <T>(all: readonly T[], random: Random): readonly T[] =>
  all
    .map((each) => ({ each, place: random() }))
    .sort((one, other) => one.place - other.place)
    .map(({ each }) => each);

const isLost = ({ asksAgainAt }: Wait, nowMs: number): boolean => Date.parse(asksAgainAt) + LATE_MS <= nowMs;

/**
 * The timer fires here instead of from its queue: with the number that is waited for, so that neither another sweep nor
 * the timer itself, should it come after all, has the same effect again.
 */
const restartLost = async (
  deps: SweepDeps,
  { orderId }: OpenOrder,
  cause: Cause,
): Promise<{ readonly isOpen: boolean; readonly restarted: number }> => {
  const nowMs = deps.clock.now();
  const { waits } = waitsIn((await deps.store.history(orderId)) ?? []);
  const lost = waits.filter((wait) => isLost(wait, nowMs));
  const givesUpBefore = isoTime(nowMs - deps.patienceSeconds * 1000);
  for (const { step, attempt } of lost)
    await decideOrder(deps, { orderId, command: { type: 'CheckDeadline', step, attempt, givesUpBefore }, cause });
  return { isOpen: waits.length > 0, restarted: lost.length };
};

/**
 * The clock of last resort: an order whose timer did not come, because its message lies among the dead letters or was
 * never sent, gets it started again.
 */
export const sweepOpenOrders = async (
  deps: SweepDeps,
  cause: Cause,
  remainingMs: () => number,
): Promise<OpenOrdersReport> => {
  const nowMs = deps.clock.now();
  const listed = await openOrders(deps.views);
  const oldEnough = isoTime(nowMs - waitAfter(0) * 1000 - LATE_MS);
  const waiting = shuffled(
    listed.filter(({ placedAt }) => placedAt <= oldEnough),
    deps.random,
  );
  const closed = new Set<OpenOrder>();
  let [restarted, failed, seen] = [0, 0, 0];
  while (seen < waiting.length && remainingMs() > MARGIN_MS) {
    const lot = waiting.slice(seen, seen + LANES);
    seen += lot.length;
    await Promise.all(
      lot.map(async (order) => {
        try {
          const found = await restartLost(deps, order, cause);
          restarted += found.restarted;
          if (!found.isOpen) closed.add(order);
        } catch (thrown) {
          failed += 1;
          deps.log.error('order not swept', { orderId: order.orderId, error: String(thrown) });
        }
      }),
    );
  }
  const open = listed.filter((order) => !closed.has(order));
  const [oldest] = open;
  const oldestMs = oldest === undefined ? 0 : nowMs - Date.parse(oldest.placedAt);
  return { open: open.length, oldestMs, restarted, failed, unseen: waiting.length - seen };
};
