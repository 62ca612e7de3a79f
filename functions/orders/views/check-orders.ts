import type { Clock } from '../../kernel/ports/clock.ts';
import { isoTime } from '../../kernel/ports/clock.ts';
import type { Log } from '../../kernel/ports/log.ts';
import { streamsIn } from '../../kernel/stores/event-store.ts';
import { inLots } from '../../kernel/stores/in-lots.ts';
import type { Scan } from '../../kernel/stores/scan.ts';
import { type Checked, readCheck, saveCheck } from '../rows/view-check.ts';
import { readGenerations } from '../rows/view-generations.ts';
import { compareOrder, type ProjectionDeps } from './orders.projection.ts';

export interface CheckDeps extends ProjectionDeps {
  readonly streams: Scan;
  readonly clock: Clock;
  readonly log: Pick<Log, 'error' | 'warn'>;
}

/** Orders that are read side by side. */
const LANES = 10;

/** What one page may take at worst. */
const PAGE_MS = 20_000;

/** An event that is younger may not have reached the view yet. */
const LAG_MS = 600_000;

const isYoung = async ({ store, clock }: CheckDeps, orderId: string): Promise<boolean> => {
  const last = (await store.history(orderId))?.at(-1);
  return last !== undefined && Date.parse(last.occurredAt) > clock.now() - LAG_MS;
};

/** Whether the live view of an order differs from what its events come to. */
const differs = async (deps: CheckDeps, orderId: string, generation: number): Promise<boolean> => {
  try {
    const compared = await compareOrder(deps, orderId, generation);
    if (compared === undefined || compared.isEqual || (await isYoung(deps, orderId))) return false;
    deps.log.warn('view differs', { orderId, version: compared.view.version, inPlace: compared.inPlace ?? 0 });
  } catch (thrown) {
    deps.log.error('order not compared', { orderId, error: String(thrown) });
  }
  return true;
};

/**
 * Compares the view of every order with its events, once a day: the events are found in their table itself, because an
 * index would miss the very orders that it misses. What does not fit into one run is gone on with by the next. It mends
 * nothing: a view that differs has a cause, and a rebuild puts it right. Answers what is compared so far today.
 */
export const checkOrders = async (deps: CheckDeps, remainingMs: () => number): Promise<Checked> => {
  const day = isoTime(deps.clock.now()).slice(0, 10);
  const before = await readCheck(deps.views);
  let checked: Checked = before.day === day ? before : { day, orders: 0, different: 0, isDone: false };
  while (!checked.isDone && remainingMs() > PAGE_MS) {
    const { live } = (await readGenerations(deps.views)).generations;
    const { streamIds, next } = await streamsIn(deps.streams, checked.next);
    const different = await inLots(streamIds, LANES, (orderId) => differs(deps, orderId, live));
    checked = {
      day,
      orders: checked.orders + streamIds.length,
      different: checked.different + different.filter(Boolean).length,
      isDone: next === undefined,
      ...(next && { next }),
    };
    await saveCheck(deps.views, checked);
  }
  return checked;
};
