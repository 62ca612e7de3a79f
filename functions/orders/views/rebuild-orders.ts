import type { Log } from '../../kernel/ports/log.ts';
import { streamsIn } from '../../kernel/stores/event-store.ts';
import { inLots } from '../../kernel/stores/in-lots.ts';
import type { Scan } from '../../kernel/stores/scan.ts';
import { type Key, MAX_WRITES, type Table } from '../../kernel/stores/table.ts';
import { type Refusal, Refused } from '../../kernel/values/errors.ts';
import type { JsonObject } from '../../kernel/values/json.ts';
import { generationOf } from '../rows/order-rows.ts';
import { type Generations, generationsWrite, KNOWN_FOR_MS, readGenerations } from '../rows/view-generations.ts';
import { compareOrder, type ProjectionDeps, projectInto } from './orders.projection.ts';

export interface RebuildDeps extends ProjectionDeps {
  readonly views: Table;
  readonly streams: Scan;
  readonly rows: Scan;
  readonly log: Pick<Log, 'error'>;
}

/** Orders that are read side by side. */
const LANES = 10;

/** Names of orders that an answer shows. */
const SHOWN = 5;

const refuse = (code: string, detail: string): Refusal => ({ outcome: 'conflict', code, detail });

const change = async (views: Table, next: (now: Generations) => Generations | undefined): Promise<Generations> => {
  const { version, generations } = await readGenerations(views);
  const then = next(generations);
  if (then === undefined) return generations;
  const { kind } = await views.commit([generationsWrite(then, version)]);
  if (kind === 'refused') throw new Refused(refuse('rebuilt-at-once', 'Another rebuild changed the view meanwhile.'));
  return then;
};

const buildingOf = async (views: Table): Promise<{ readonly live: number; readonly building: number }> => {
  const { live, building } = (await readGenerations(views)).generations;
  if (building === undefined) throw new Refused(refuse('no-rebuild', 'No copy of the view is being built.'));
  return { live, building };
};

/** A copy that was begun before is gone on with. From `waitMs` later on every event is written to it too. */
export const beginRebuild = async ({ views }: RebuildDeps): Promise<JsonObject> => {
  const generations = await change(views, ({ live, building }) =>
    building === undefined ? { live, building: live + 1 } : undefined,
  );
  return { ...generations, waitMs: KNOWN_FOR_MS };
};

/** Works on a page of orders; one that cannot be read is counted, and does not stop the others. */
const eachOrder = async <Done>(
  { streams, log }: RebuildDeps,
  start: JsonObject | undefined,
  work: (orderId: string) => Promise<Done>,
): Promise<{ readonly done: readonly Done[]; readonly page: JsonObject }> => {
  const { streamIds, next } = await streamsIn(streams, start);
  const failed: string[] = [];
  const done = await inLots(streamIds, LANES, async (orderId) => {
    try {
      return [await work(orderId)];
    } catch (thrown) {
      failed.push(orderId);
      log.error('order not rebuilt', { orderId, error: String(thrown) });
      return [];
    }
  });
  const counted = { orders: streamIds.length, failed: failed.length, unreadable: failed.slice(0, SHOWN) };
  return { done: done.flat(), page: next === undefined ? counted : { ...counted, next } };
};

/** One page of orders into the copy. */
export const buildPage = async (deps: RebuildDeps, start: JsonObject | undefined): Promise<JsonObject> => {
  const { building } = await buildingOf(deps.views);
  const { done, page } = await eachOrder(deps, start, (orderId) => projectInto(deps, orderId, building));
  return { ...page, written: done.filter(Boolean).length };
};

/** One page of orders: the copy must be what their streams come to, and the live view need not. */
export const comparePage = async (deps: RebuildDeps, start: JsonObject | undefined): Promise<JsonObject> => {
  const { live, building } = await buildingOf(deps.views);
  const { done, page } = await eachOrder(deps, start, async (orderId) => {
    const wasBehind = await projectInto(deps, orderId, building);
    const shown = await compareOrder(deps, orderId, live);
    return {
      orderId,
      wasBehind,
      isMissing: shown !== undefined && shown.inPlace === undefined,
      isEqual: shown?.isEqual,
    };
  });
  const different = done.filter(({ isEqual }) => isEqual === false);
  return {
    ...page,
    mended: done.filter(({ wasBehind }) => wasBehind).length,
    different: different.length,
    missing: different.filter(({ isMissing }) => isMissing).length,
    examples: different.slice(0, SHOWN).map(({ orderId }) => orderId),
  };
};

/** From `waitMs` later on all lists are read from the copy. */
export const switchViews = async ({ views }: RebuildDeps): Promise<JsonObject> => {
  const generations = await change(views, ({ building }) => {
    if (building === undefined) throw new Refused(refuse('no-rebuild', 'No copy of the view is being built.'));
    return { live: building };
  });
  return { ...generations, waitMs: KNOWN_FOR_MS };
};

/** The live view stays, and the copy that was begun is given up. */
export const cancelRebuild = async ({ views }: RebuildDeps): Promise<JsonObject> => {
  const generations = await change(views, ({ live, building }) => (building === undefined ? undefined : { live }));
  return { ...generations, waitMs: KNOWN_FOR_MS };
};

/** Deletes rows of copies that are neither live nor being built, a page at a time. */
export const clearPage = async ({ views, rows }: RebuildDeps, start: JsonObject | undefined): Promise<JsonObject> => {
  const { live, building } = (await readGenerations(views)).generations;
  const { keys, next } = await rows.page(start);
  const isLeft = (key: Key): boolean => {
    const generation = generationOf(key);
    return generation !== undefined && generation !== live && generation !== building;
  };
  const left = keys.filter(isLeft);
  for (let from = 0; from < left.length; from += MAX_WRITES)
    await views.commit(left.slice(from, from + MAX_WRITES).map((key) => ({ kind: 'delete', key })));
  return next === undefined ? { deleted: left.length } : { deleted: left.length, next };
};
