import type { Table } from '../../kernel/stores/table.ts';
import { canonicalJson } from '../../kernel/values/canonical-json.ts';
import { contended, Refused } from '../../kernel/values/errors.ts';
import { isObject, type JsonObject } from '../../kernel/values/json.ts';
import { orderDecider } from '../domain/order-decider.ts';
import { type RowName, viewKey, viewWrite } from '../rows/order-rows.ts';
import type { OrderStore } from '../rows/order-stream.ts';
import type { Generations } from '../rows/view-generations.ts';
import { type OrderView, orderView } from './order-view.ts';

export interface ProjectionDeps {
  readonly store: OrderStore;
  readonly views: Table;
}

/** Two projectors of one order can meet only while a shard is being split; each round one of them ends. */
const ATTEMPTS = 5;

/** An order as its stream has it now, and the row that a copy of the view has of it. */
export interface Compared {
  readonly name: RowName;
  readonly view: OrderView;
  /** The row's version; undefined when there is no row. */
  readonly inPlace?: number;
  readonly isEqual: boolean;
}

const isSame = (shown: JsonObject[string] | undefined, view: OrderView): boolean =>
  isObject(shown) && canonicalJson(shown) === canonicalJson(view);

/** Undefined for an order that is not there. */
export const compareOrder = async (
  { store, views }: Pick<ProjectionDeps, 'store'> & { readonly views: Pick<Table, 'get'> },
  orderId: string,
  generation: number,
): Promise<Compared | undefined> => {
  const { state, version } = await store.load(orderId, orderDecider);
  if (state.kind === 'none') return undefined;
  const name = { generation, userId: state.placed.userId, orderId };
  const row = await views.get(viewKey(name), { consistent: true });
  const view = orderView(state, version);
  if (typeof row?.version !== 'number') return { name, view, isEqual: false };
  return { name, view, inPlace: row.version, isEqual: row.version === version && isSame(row.view, view) };
};

/** Answers whether the row was not what the stream comes to. A row that is newer than what was read stays. */
export const projectInto = async (deps: ProjectionDeps, orderId: string, generation: number): Promise<boolean> => {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const compared = await compareOrder(deps, orderId, generation);
    if (compared === undefined || compared.isEqual) return false;
    const { name, view, inPlace } = compared;
    if (inPlace !== undefined && inPlace > view.version) return false;
    const result = await deps.views.commit([viewWrite(name, view, inPlace)]);
    if (result.kind === 'committed') return true;
  }
  throw new Refused(contended);
};

/**
 * Brings an order's view up to its stream. It projects what the stream holds now and never moves a view back, so that
 * events may be delivered twice, late or in any order. A view of the same version that looks different was made by
 * other code, and is made again.
 */
export const projectOrder = async (
  deps: ProjectionDeps & { readonly generations: () => Promise<Generations> },
  orderId: string,
): Promise<void> => {
  const { live, building } = await deps.generations();
  await projectInto(deps, orderId, live);
  if (building !== undefined) await projectInto(deps, orderId, building);
};
