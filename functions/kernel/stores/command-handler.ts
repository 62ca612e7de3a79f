import type { Cause } from '../messages/message.ts';
import { type Clock, isoTime } from '../ports/clock.ts';
import { type Refusal, Refused } from '../values/errors.ts';
import { type Decider, fold } from './decider.ts';
import type { Appended, EventStore } from './event-store.ts';
import { type OutboxMessage, outboxWrite } from './outbox.ts';
import type { Effect } from './state-store.ts';
import type { Write } from './table.ts';

export interface StreamChange<Event, State> {
  readonly before: State;
  readonly state: State;
  /** After the events. */
  readonly version: number;
  readonly events: readonly Event[];
}

export interface StreamCommand<Command, Event, State> {
  readonly store: EventStore<Event>;
  readonly decider: Decider<Command, Event, State>;
  readonly streamId: string;
  readonly command: Command;
  readonly cause: Cause;
  readonly clock: Clock;
  /** The version of If-Match; a stream at another version throws Refused `stale`. */
  readonly expectedVersion?: number | undefined;
  /** What the events make known to others. Made anew for every attempt. */
  readonly publish?: (change: StreamChange<Event, State>) => readonly OutboxMessage[];
  /** Inbox and idempotency rows and the like, with what a refused condition of each means. */
  readonly also?: (change: StreamChange<Event, State>) => readonly Effect[];
  /** How often it is decided, when other writers are faster. */
  readonly attempts?: number;
}

export interface StreamOutcome<Event, State> extends StreamChange<Event, State> {
  /** `duplicate`: an effect said that this was done before; nothing was written. */
  readonly kind: 'done' | 'duplicate';
}

const ATTEMPTS = 3;

const stale: Refusal = { outcome: 'stale', code: 'stale-version', detail: 'It has changed since it was read.' };
const contended: Refusal = {
  outcome: 'conflict',
  code: 'concurrent-change',
  detail: 'Others are changing this at the same time; read it again.',
};

/** What the refused effects come to; `retry` when the stream moved or an effect asks for another look. */
const meaningOf = (appended: Appended, effects: readonly Effect[]): 'duplicate' | 'retry' => {
  if (appended.kind !== 'refused') return 'retry';
  const meanings = appended.refused.map((position) => effects[position]?.whenRefused ?? 'retry');
  if (meanings.includes('duplicate')) return 'duplicate';
  for (const meaning of meanings) if (typeof meaning === 'object') throw new Refused(meaning);
  return 'retry';
};

/**
 * Loads a stream, decides, appends the events with everything that must happen with them, and decides anew when another
 * writer was faster. Throws Refused with the decider's refusal, an effect's, `stale`, or `conflict` after the attempts.
 */
export const handleCommand = async <Command, Event, State>(
  request: StreamCommand<Command, Event, State>,
): Promise<StreamOutcome<Event, State>> => {
  const { store, decider, streamId, command, cause, clock, attempts = ATTEMPTS } = request;
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const { state: before, version: known } = await store.load(streamId, decider);
    const decision = decider.decide(command, before);
    if (decision.kind === 'refused' && decision.refusal.outcome === 'not_found') throw new Refused(decision.refusal);
    if (request.expectedVersion !== undefined && request.expectedVersion !== known) throw new Refused(stale);
    if (decision.kind === 'refused') throw new Refused(decision.refusal);

    const { events } = decision;
    const version = known + events.length;
    const change = { before, state: fold(decider, events, before), version, events };
    const published: readonly Write[] = request.publish?.(change).map(outboxWrite) ?? [];
    const effects = request.also?.(change) ?? [];
    const also = [...effects.map(({ write }) => write), ...published];
    if (events.length === 0 && also.length === 0) return { kind: 'done', ...change };
    const occurredAt = isoTime(clock.now());
    const { state } = change;
    const appended = await store.append({ streamId, expectedVersion: known, events, occurredAt, cause, also, state });
    if (appended.kind === 'appended') return { kind: 'done', ...change };
    if (meaningOf(appended, effects) === 'duplicate') {
      return { kind: 'duplicate', before, state: before, version: known, events: [] };
    }
  }
  throw new Refused(contended);
};
