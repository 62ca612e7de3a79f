import { type Refusal, Refused } from '../values/errors.ts';
import type { JsonObject } from '../values/json.ts';
import type { Decider } from './decider.ts';
import type { Item, Key, Table, Write } from './table.ts';

/** An aggregate whose current state is one item with a `version`; its events leave through the outbox. */
export interface StateAggregate<Command, Event, State> {
  readonly decider: Decider<Command, Event, State>;
  keyOf(id: string): Key;
  toAttributes(state: State): JsonObject;
  fromItem(item: Item): State;
}

/** A write in the same commit as the state, and what its refused condition means. */
export interface Effect {
  readonly write: Write;
  readonly whenRefused: Refusal | 'duplicate' | 'retry';
}

export interface Outcome<Event, State> {
  readonly kind: 'done' | 'duplicate';
  readonly state: State;
  readonly version: number;
  readonly events: readonly Event[];
}

export interface StateCommand<Command, Event, State> {
  readonly table: Table;
  readonly aggregate: StateAggregate<Command, Event, State>;
  readonly id: string;
  /** Made anew for each attempt, so that it can bring what it must know of other items. */
  command(): Command | Promise<Command>;
  /** The version of If-Match. */
  readonly expectedVersion?: number | undefined;
  effects(change: {
    readonly before: State;
    readonly state: State;
    readonly version: number;
    readonly events: readonly Event[];
  }): readonly Effect[];
}

/** How often a command is decided anew when another writer was faster. */
const ATTEMPTS = 8;

const stale: Refusal = { outcome: 'stale', code: 'stale-version', detail: 'It has changed since it was read.' };
const contended: Refusal = {
  outcome: 'unavailable',
  code: 'contended',
  detail: 'Others are changing this at the same time; try again.',
  retryAfterSeconds: 1,
};

/**
 * Reads the state, decides, and commits the new state with its effects; decides anew when another writer was faster.
 * Throws Refused with the decider's refusal, `stale`, the refusal of an effect, or `unavailable` when contended.
 */
export const handleStateCommand = async <Command, Event, State>(
  request: StateCommand<Command, Event, State>,
): Promise<Outcome<Event, State>> => {
  const { table, aggregate, id, expectedVersion } = request;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const key = aggregate.keyOf(id);
    const item = await table.get(key, { consistent: true });
    const known = typeof item?.version === 'number' ? item.version : 0;
    const before = item ? aggregate.fromItem(item) : aggregate.decider.initialState;
    const decision = aggregate.decider.decide(await request.command(), before);
    if (decision.kind === 'refused' && decision.refusal.outcome === 'not_found') throw new Refused(decision.refusal);
    if (expectedVersion !== undefined && expectedVersion !== known) throw new Refused(stale);
    if (decision.kind === 'refused') throw new Refused(decision.refusal);

    const { events } = decision;
    const version = events.length > 0 ? known + 1 : known;
    const state = events.reduce(aggregate.decider.evolve, before);
    const effects = request.effects({ before, state, version, events });
    const row: Item = { ...aggregate.toAttributes(state), ...key, version };
    const own: Write[] = events.length === 0 ? [] : [known === 0 ? insert(row) : replace(row, known)];
    const writes = [...own, ...effects.map(({ write }) => write)];
    if (writes.length === 0) return { kind: 'done', state, version, events };
    const result = await table.commit(writes);
    if (result.kind === 'committed') return { kind: 'done', state, version, events };

    const meanings = result.refused.map((position) => effects[position - own.length]?.whenRefused ?? 'retry');
    if (meanings.includes('duplicate')) return { kind: 'duplicate', state: before, version: known, events: [] };
    for (const meaning of meanings) if (typeof meaning === 'object') throw new Refused(meaning);
  }
  throw new Refused(contended);
};

const insert = (item: Item): Write => ({ kind: 'insert', item });

const replace = (item: Item, expectedVersion: number): Write => ({ kind: 'put', item, expectedVersion });
