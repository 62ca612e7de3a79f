import { expect, it } from '@jest/globals';
import { type Decider, fold } from '../../functions/kernel/stores/decider.ts';
import { fc } from './properties.ts';

/** What must hold of an aggregate, whatever it is told and in whatever order. */
export interface Laws<Command, Event, State> {
  readonly commands: fc.Arbitrary<Command>;
  /** Of a state that a command left, and all events up to it. */
  readonly isLegal: (state: State, events: readonly Event[]) => boolean;
  /** A final state keeps its kind. */
  readonly isFinal: (state: State) => boolean;
  /** Numbers that never become less: how far each part of the aggregate has come. */
  readonly progress: (state: State) => readonly number[];
  /** Commands whose repetition is recorded as well, although it changes nothing. */
  readonly isRecordedAgain?: (command: Command) => boolean;
  /** The state as it is read from where it was stored. */
  readonly stored: (state: State) => State;
}

interface Played<Command, Event, State> {
  readonly command: Command;
  readonly before: State;
  readonly after: State;
  readonly events: readonly Event[];
}

const frozen = <T>(value: T): T => {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const member of Object.values(value)) frozen(member);
  }
  return value;
};

const eventsOf = <Command, Event, State>(
  { decide }: Decider<Command, Event, State>,
  command: Command,
  state: State,
): readonly Event[] => {
  const decision = decide(command, state);
  return decision.kind === 'accepted' ? decision.events : [];
};

/** Every step of a story. Commands and states are frozen: a decider that changes what it is given throws. */
const play = <Command, Event, State>(
  decider: Decider<Command, Event, State>,
  commands: readonly Command[],
): readonly Played<Command, Event, State>[] => {
  let before = frozen(decider.initialState);
  return commands.map((command) => {
    const events = frozen(eventsOf(decider, frozen(command), before));
    const after = frozen(fold(decider, events, before));
    const step = { command, before, after, events };
    before = after;
    return step;
  });
};

const LONGEST = 12;

/** Defines the tests that every decider must pass. */
export const itKeepsItsLaws = <Command, Event, State extends { readonly kind: string }>(
  decider: Decider<Command, Event, State>,
  { commands, isLegal, isFinal, progress, stored, isRecordedAgain = () => false }: Laws<Command, Event, State>,
): void => {
  const stories = fc.array(commands, { minLength: 1, maxLength: LONGEST });
  const always = (holds: (steps: readonly Played<Command, Event, State>[]) => void) =>
    fc.assert(fc.property(stories, (story) => holds(play(decider, story))));

  it('comes to legal states alone', () => {
    always((steps) => {
      const events = steps.flatMap((step) => step.events);
      const { after } = steps.at(-1) ?? { after: decider.initialState };
      expect([after, isLegal(after, events)]).toEqual([after, true]);
    });
  });

  it('stays as it is when a command is repeated', () => {
    always((steps) => {
      for (const { command, after } of steps.slice(-1)) {
        const events = eventsOf(decider, command, after);
        if (isRecordedAgain(command)) expect(fold(decider, events, after)).toEqual(after);
        else expect(events).toEqual([]);
      }
    });
  });

  it('never leaves a final state, and never goes back', () => {
    always((steps) => {
      const wrong = steps.filter(({ before, after }) => {
        const from = progress(before);
        const goesBack = progress(after).some((reached, part) => reached < (from[part] ?? 0));
        return goesBack || (isFinal(before) && after.kind !== before.kind);
      });
      expect(wrong).toEqual([]);
    });
  });

  it('is the same from its stored state and the events after it as from all events', () => {
    fc.assert(
      fc.property(stories, fc.nat(LONGEST), (story, cut) => {
        const steps = play(decider, story);
        const rest = steps.slice(cut % steps.length);
        const before = rest[0]?.before ?? decider.initialState;
        const tail = rest.flatMap(({ events }) => events);
        expect(fold(decider, tail, stored(before))).toEqual(steps.at(-1)?.after);
      }),
    );
  });
};
