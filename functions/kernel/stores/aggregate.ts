import type { Refusal } from '../values/errors.ts';
import type { Decider } from './decider.ts';
import type { Departure } from './outbox.ts';
import type { CommitResult, Write } from './table.ts';

export interface Loaded<State> {
  readonly state: State;
  /** 0 for an aggregate that is not there. */
  readonly version: number;
}

/** What a command comes to. */
export interface Change<Event, State> {
  readonly before: State;
  readonly state: State;
  /** After the events. */
  readonly version: number;
  readonly events: readonly Event[];
}

/** A write in the same commit as the change, and what its refused condition means. */
export interface Effect {
  readonly write: Write;
  readonly whenRefused: Refusal | 'retry';
}

/** What is committed with the events of a change. */
export interface Committed {
  /** Kept in the row that the change writes. */
  readonly departures: readonly Departure[];
  readonly also: readonly Write[];
}

/** One aggregate where it is kept: as a stream of events (`streamOf`) or as its current state in one item (`stateOf`). */
export interface Aggregate<Command, Event, State> {
  readonly decider: Decider<Command, Event, State>;
  load(): Promise<Loaded<State>>;
  /** The version after the events of an aggregate at version `known`. */
  versionAfter(known: number, events: readonly Event[]): number;
  /**
   * Commits the events and what belongs to them, unless the aggregate has left version `known`. `refused` holds positions
   * in `also`, none when only the version was refused.
   */
  commit(known: number, change: Change<Event, State>, committed: Committed): Promise<CommitResult>;
}
