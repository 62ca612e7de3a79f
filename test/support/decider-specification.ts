import { expect } from '@jest/globals';
import { type Decider, fold } from '../../functions/kernel/stores/decider.ts';
import type { Refusal } from '../../functions/kernel/values/errors.ts';

// The field's word for it. Nobody awaits a specification, so that it looks like a promise harms nothing.
const THEN = 'then';

interface Then<Event, State> {
  /** Exactly these events, in this order; none means: accepted, nothing happens. */
  then(...events: readonly Event[]): void;
  /** The refusal's members that are given. */
  thenRefused(refusal: Partial<Refusal>): void;
  /** The state after the events that the command causes. */
  thenState(state: State): void;
}

interface Given<Command, Event, State> {
  when(command: Command): Then<Event, State>;
  /** The state that the given events make. */
  thenState(state: State): void;
}

/** Given events, when a command, then events or a refusal: the whole test of an aggregate or of a saga. */
export const specificationOf =
  <Command, Event, State>(decider: Decider<Command, Event, State>) =>
  (...given: readonly Event[]): Given<Command, Event, State> => {
    const before = fold(decider, given);
    return {
      thenState: (state) => expect(before).toEqual(state),
      when: (command) => {
        const decision = decider.decide(command, before);
        return {
          [THEN]: (...events) => expect(decision).toEqual({ kind: 'accepted', events }),
          thenRefused: (refusal) =>
            expect(decision).toEqual({ kind: 'refused', refusal: expect.objectContaining(refusal) }),
          thenState: (state) => {
            expect(decision.kind).toBe('accepted');
            expect(fold(decider, decision.kind === 'accepted' ? decision.events : [], before)).toEqual(state);
          },
        };
      },
    };
  };
