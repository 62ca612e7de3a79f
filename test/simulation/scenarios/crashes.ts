import type { Interception } from '@archipelago/local/simulation';
import type { Fault } from '../faults.ts';
import type { Scenario, Stage } from '../stage.ts';

type When = Interception['when'];

/** Ends the function that makes the call of this number, `before` the call takes effect or `after` it did. */
const killAt = (number: number, when: When): Fault => {
  let calls = 0;
  return {
    name: `killed ${when} each call`,
    intercept: ({ functionName }) => {
      if (functionName.includes('payment-provider')) return undefined;
      calls += 1;
      return calls === number ? { when, what: 'kill' } : undefined;
    },
  };
};

/** Lets all be, and counts. */
const counting = (): Fault & { readonly calls: () => number } => {
  const never = killAt(Number.POSITIVE_INFINITY, 'before');
  let calls = 0;
  return {
    name: 'none',
    calls: () => calls,
    intercept: (call) => {
      if (!call.functionName.includes('payment-provider')) calls += 1;
      return never.intercept(call);
    },
  };
};

/** Long enough for an order from end to end. */
const PLACE_MS = 15_000;

const placeUnder = async (stage: Stage, fault: Fault): Promise<void> => {
  await stage.sell('pen', 10);
  const [ada] = stage.customers;
  stage.faults.begin([fault]);
  await Promise.all([stage.simulation.sleep(PLACE_MS), ada?.order([{ sku: 'pen', quantity: 1 }], 'tok_ok')]);
  stage.faults.end();
  await ada?.find();
};

/** One order without a fault; `onCalls` receives how many calls the system's functions made meanwhile. */
export const golden = (onCalls: (calls: number) => void): Scenario => ({
  name: 'place',
  about: 'one order, no fault',
  play: async (stage) => {
    const fault = counting();
    await placeUnder(stage, fault);
    onCalls(fault.calls());
  },
});

export const crashName = (number: number, when: When): string => `place-killed-${when}-${number}`;

const CRASH = /^place-killed-(before|after)-(\d+)$/;

/** `place-killed-before-17`: one order, and the 17th call ends its function. Undefined for another name. */
export const crashNamed = (name: string): Scenario | undefined => {
  const [, when, number] = CRASH.exec(name) ?? [];
  if (when !== 'before' && when !== 'after') return undefined;
  return {
    name,
    about: `one order; call ${number} ends its function`,
    play: (stage) => placeUnder(stage, killAt(Number(number), when)),
  };
};
