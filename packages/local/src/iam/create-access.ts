import type { Access, Act, Acts } from '../core/access.ts';
import { AwsError, type Caller } from '../core/aws-call.ts';
import { createDecider } from './decider.ts';
import { type Denial, denialOf } from './denial.ts';
import type { Policies, Verdict } from './evaluate.ts';
import { createPolicyStore } from './policy-store.ts';
import type { Place } from './requester.ts';
import { createUsage } from './usage.ts';

export interface EnforcedAccess extends Access {
  /** Called for each act that is refused. */
  onDenial(listener: (denial: Denial) => void): void;
}

/** Decides by the policies of the assembly. A role that the assembly does not hold may do everything: nothing is known of it. */
export const createAccess = (place: Place, now: () => number): EnforcedAccess => {
  const store = createPolicyStore();
  const usage = createUsage(store);
  const decider = createDecider(store, place, now);
  const listeners: ((denial: Denial) => void)[] = [];

  const refused = (caller: Caller, act: Act, verdict: Verdict, policies: Policies): Denial | undefined => {
    if (verdict.allowed) return undefined;
    const role = store.roleOf(caller.principal);
    if (verdict.because === 'identity: silent' && role && role.unknown.length > 0) return undefined;
    usage.denied(caller.principal.startsWith('arn:') ? caller.principal : act.resource, act);
    return denialOf(caller, act, verdict, policies, role?.construct);
  };

  /** Why it may not; undefined when it may. */
  const check = (caller: Caller, act: Act): Denial | undefined => {
    const narrowed = decider.narrowedFor(caller, act);
    if (!narrowed || (narrowed.counted && narrowed.fixed?.allowed)) return undefined;
    const verdict = decider.verdictOn(caller, act, narrowed);
    if (!verdict.allowed) return refused(caller, act, verdict, narrowed.policies);
    usage.allowed(caller.principal, verdict.by, act);
    narrowed.counted = true;
    return undefined;
  };

  const firstDenial = (caller: Caller, acts: Acts): Denial | undefined => {
    if (caller.principal === 'operator') return undefined;
    for (const act of typeof acts === 'function' ? acts() : acts) {
      const denial = check(caller, act);
      if (!denial) continue;
      for (const listener of listeners) listener(denial);
      return denial;
    }
    return undefined;
  };

  return {
    policies: store,
    demand: (caller, acts) => {
      const denial = firstDenial(caller, acts);
      if (denial) throw new AwsError('AccessDeniedException', denial.message);
    },
    permits: (caller, acts) => firstDenial(caller, acts) === undefined,
    onDenial: (listener) => {
      listeners.push(listener);
    },
    usage: usage.report,
  };
};
