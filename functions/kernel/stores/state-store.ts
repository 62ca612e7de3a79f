import type { JsonObject } from '../values/json.ts';
import type { Aggregate } from './aggregate.ts';
import type { Decider } from './decider.ts';
import { messageMembers } from './derived-messages.ts';
import type { Item, Key, Table, Write } from './table.ts';

/** A kind of aggregate whose current state is one item with a `version`. No row is ever removed: its versions go on. */
export interface StateAggregate<Command, Event, State> {
  readonly decider: Decider<Command, Event, State>;
  keyOf(id: string): Key;
  toAttributes(state: State): JsonObject;
  fromItem(item: Item): State;
}

const stateWrite = (item: Item, known: number): Write =>
  known === 0 ? { kind: 'insert', item } : { kind: 'put', item, expectedVersion: known };

/**
 * The aggregate that one item holds. Its version counts the commits that wrote it: those that changed it, and those that
 * only answered again.
 */
export const stateOf = <Command, Event, State>(
  table: Table,
  { decider, keyOf, toAttributes, fromItem }: StateAggregate<Command, Event, State>,
  id: string,
): Aggregate<Command, Event, State> => {
  const key = keyOf(id);
  return {
    decider,
    load: async () => {
      const item = await table.get(key, { consistent: true });
      const version = typeof item?.version === 'number' ? item.version : 0;
      return { state: item ? fromItem(item) : decider.initialState, version };
    },
    versionAfter: (known, events) => (events.length > 0 ? known + 1 : known),
    commit: async (known, { events, state }, { departures, also }) => {
      const row = (): Item => ({ ...toAttributes(state), ...messageMembers(departures), ...key, version: known + 1 });
      const own = events.length + departures.length === 0 ? [] : [stateWrite(row(), known)];
      const result = await table.commit([...own, ...also]);
      if (result.kind === 'committed') return result;
      const refused = result.refused.map((position) => position - own.length).filter((position) => position >= 0);
      return { kind: 'refused', refused };
    },
  };
};
