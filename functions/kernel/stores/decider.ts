import type { Refusal } from '../values/errors.ts';

/**
 * The shape of an aggregate and of a saga (Jérémie Chassaing, "Functional Event Sourcing Decider"): three pure values.
 * Time, ids and prices come in with the command.
 */
export interface Decider<Command, Event, State> {
  readonly initialState: State;
  /** The events that a command causes in a state: none when it changes nothing, a refusal when it may not. */
  decide(command: Command, state: State): Decision<Event>;
  evolve(state: State, event: Event): State;
}

export type Decision<Event> =
  | { readonly kind: 'accepted'; readonly events: readonly Event[] }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

export const accept = <Event>(...events: readonly Event[]): Decision<Event> => ({ kind: 'accepted', events });

export const refuse = (refusal: Refusal): Decision<never> => ({ kind: 'refused', refusal });

export const fold = <Event, State>(
  { initialState, evolve }: Pick<Decider<never, Event, State>, 'initialState' | 'evolve'>,
  events: readonly Event[],
  from: State = initialState,
): State => events.reduce(evolve, from);
