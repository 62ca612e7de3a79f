import type { Cause } from '../messages/message.ts';
import { type Clock, isoTime } from '../ports/clock.ts';
import type { Aggregate } from './aggregate.ts';
import type { Decider } from './decider.ts';
import type { EventStore } from './event-store.ts';

export interface StreamSettings<Command, Event, State> {
  readonly store: EventStore<Event, State>;
  readonly decider: Decider<Command, Event, State>;
  readonly streamId: string;
  /** Stored with every event. */
  readonly cause: Cause;
  readonly clock: Clock;
}

/** The aggregate that a stream of events holds; its version is the number of its events. */
export const streamOf = <Command, Event, State>({
  store,
  decider,
  streamId,
  cause,
  clock,
}: StreamSettings<Command, Event, State>): Aggregate<Command, Event, State> => ({
  decider,
  load: () => store.load(streamId, decider),
  versionAfter: (known, events) => known + events.length,
  commit: async (expectedVersion, { events, state }, { departures, also }) => {
    const occurredAt = isoTime(clock.now());
    const append = { streamId, expectedVersion, events, occurredAt, cause, departures, also, state };
    const appended = await store.append(append);
    if (appended.kind === 'appended') return { kind: 'committed' };
    return { kind: 'refused', refused: appended.kind === 'refused' ? appended.refused : [] };
  },
});
