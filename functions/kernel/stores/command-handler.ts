import { contended, type Refusal, Refused } from '../values/errors.ts';
import { allows, type Precondition } from '../values/precondition.ts';
import type { Aggregate, Change, Effect, Loaded } from './aggregate.ts';
import { fold } from './decider.ts';
import type { Departure } from './outbox.ts';

export interface CommandRequest<Command, Event, State> {
  readonly aggregate: Aggregate<Command, Event, State>;
  /** As it was committed a moment ago: the first attempt loads nothing. Only for a command that changes this state. */
  readonly known?: Loaded<State> | undefined;
  /** Made for every attempt, so that it can bring what it must know of other items. */
  command(): Command | Promise<Command>;
  /** An aggregate at a version that it does not allow throws Refused `stale`. */
  readonly precondition?: Precondition | undefined;
  /** The messages that make the events known to others, or answer again what changed nothing. Made for every attempt. */
  publish?(change: Change<Event, State>): readonly Departure[];
  /** Other rows of the same commit, such as idempotency rows. */
  also?(change: Change<Event, State>): readonly Effect[];
}

/** How often a command is decided when other writers are faster. A consumer that gives up gets its message again some seconds later. */
const ATTEMPTS = 8;

const stale: Refusal = { outcome: 'stale', code: 'stale-version', detail: 'It has changed since it was read.' };

/** Throws the refusal of an effect that has one; without it the aggregate moved, or an effect asks for another attempt. */
const throwRefusal = (refused: readonly number[], effects: readonly Effect[]): void => {
  for (const position of refused) {
    const meaning = effects[position]?.whenRefused ?? 'retry';
    if (meaning !== 'retry') throw new Refused(meaning);
  }
};

/** Throws Refused; what is not there is `not_found` rather than `stale`. */
const decide = async <Command, Event, State>(
  { aggregate, command, precondition = {} }: CommandRequest<Command, Event, State>,
  before: State,
  known: number,
): Promise<Change<Event, State>> => {
  const decision = aggregate.decider.decide(await command(), before);
  if (decision.kind === 'refused' && decision.refusal.outcome === 'not_found') throw new Refused(decision.refusal);
  if (!allows(precondition, known)) throw new Refused(stale);
  if (decision.kind === 'refused') throw new Refused(decision.refusal);
  const { events } = decision;
  const state = fold(aggregate.decider, events, before);
  return { before, state, version: aggregate.versionAfter(known, events), events };
};

/**
 * Loads an aggregate, decides, and commits the events with everything that must happen with them; decides again when
 * another writer was faster. Throws Refused with the decider's refusal, an effect's, `stale`, or `contended` after the
 * attempts.
 */
export const handleCommand = async <Command, Event, State>(
  request: CommandRequest<Command, Event, State>,
): Promise<Change<Event, State>> => {
  const { aggregate } = request;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const loaded = attempt === 0 ? request.known : undefined;
    const { state: before, version: known } = loaded ?? (await aggregate.load());
    const change = await decide(request, before, known);
    const departures = request.publish?.(change) ?? [];
    const effects = request.also?.(change) ?? [];
    const also = effects.map(({ write }) => write);
    if (change.events.length + departures.length + also.length === 0) return change;
    const result = await aggregate.commit(known, change, { departures, also });
    if (result.kind === 'committed') return change;
    throwRefusal(result.refused, effects);
  }
  throw new Refused(contended);
};
