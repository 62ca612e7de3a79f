import { accept, type Decider, refuse } from '../../functions/kernel/stores/decider.ts';
import type { StoredShapes } from '../../functions/kernel/stores/event-store.ts';
import type { StateAggregate } from '../../functions/kernel/stores/state-store.ts';
import { numberIn } from '../../functions/kernel/values/members.ts';

export interface Count {
  readonly count: number;
}

export interface Add {
  readonly amount: number;
}

export interface Added {
  readonly type: 'Added';
  readonly amount: number;
}

/** Counts; refuses to go below zero, and changes nothing for an amount of zero. */
export const counterDecider: Decider<Add, Added, Count> = {
  initialState: { count: 0 },
  decide: ({ amount }, { count }) => {
    if (count + amount < 0) return refuse({ outcome: 'conflict', code: 'below-zero', detail: 'No.' });
    return amount === 0 ? accept() : accept({ type: 'Added', amount });
  },
  evolve: ({ count }, { amount }) => ({ count: count + amount }),
};

export const counter: StateAggregate<Add, Added, Count> = {
  decider: counterDecider,
  keyOf: (id) => ({ pk: `COUNTER#${id}`, sk: 'COUNTER' }),
  toAttributes: ({ count }) => ({ count }),
  fromItem: ({ count }) => ({ count: Number(count) }),
};

export const counterShapes: StoredShapes<Added, Count> = {
  eventOf: (event) => ({ type: 'Added', amount: numberIn(event, 'amount') }),
  toStored: (event) => ({ ...event }),
  stateOf: (state) => ({ count: numberIn(state, 'count') }),
  revision: '1',
};
