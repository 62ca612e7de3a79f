import type { Act } from '../core/access.ts';
import type { Caller } from '../core/aws-call.ts';
import { NO_CONTEXT } from './context.ts';
import { evaluate, isFixed, narrow, type Policies, type Verdict } from './evaluate.ts';
import type { PolicyStore } from './policy-store.ts';
import { createContexts, type Place, requesterOf } from './requester.ts';

/** What is left to decide about an action on a resource for one principal. */
export interface Narrowed {
  readonly policies: Policies;
  /** When the request decides nothing. */
  readonly fixed: Verdict | undefined;
  /** Whether `fixed` has been counted. */
  counted: boolean;
}

/** So many pairs of action and resource are kept for each principal: more than an application has. */
const MOST_KEPT = 5_000;

export interface Decider {
  /** Undefined for a caller whom no policy names, or whose role is not of this assembly. */
  narrowedFor(caller: Caller, act: Act): Narrowed | undefined;
  verdictOn(caller: Caller, act: Act, narrowed: Narrowed): Verdict;
}

/** Decides by the policies of the store; reads for each action on a resource once what can have a say. */
export const createDecider = (store: PolicyStore, place: Place, now: () => number): Decider => {
  const contextFor = createContexts(place, now);
  let kept = new Map<string, Map<string, Narrowed>>();
  let edition = store.edition();

  const policiesFor = (principal: string, resource: string): Policies | undefined => {
    const ofResource = store.ofResource(resource);
    if (!principal.startsWith('arn:')) return { identity: [], resource: ofResource };
    const role = store.roleOf(principal);
    if (!role) return undefined;
    const { identity, boundary } = role;
    return { identity, resource: ofResource, ...(boundary && { boundary }) };
  };

  const read = (caller: Caller, { action, resource }: Act): Narrowed | undefined => {
    const requester = requesterOf(caller);
    const policies = policiesFor(caller.principal, resource);
    if (!requester || !policies) return undefined;
    const narrowed = narrow(policies, action, resource);
    const request = { action, resource, context: NO_CONTEXT };
    return {
      policies: narrowed,
      fixed: isFixed(narrowed) ? evaluate(request, narrowed, requester) : undefined,
      counted: false,
    };
  };

  return {
    narrowedFor: (caller, act) => {
      if (edition !== store.edition()) {
        kept = new Map();
        edition = store.edition();
      }
      const known = kept.get(caller.principal) ?? new Map<string, Narrowed>();
      const key = `${act.action} ${act.resource}`;
      const found = known.get(key);
      if (found) return found;
      const narrowed = read(caller, act);
      if (!narrowed) return undefined;
      if (known.size >= MOST_KEPT) known.clear();
      kept.set(caller.principal, known.set(key, narrowed));
      return narrowed;
    },
    verdictOn: (caller, act, { policies, fixed }) => {
      const requester = requesterOf(caller);
      if (fixed || !requester) return fixed ?? { allowed: false, because: 'identity: silent' };
      return evaluate({ ...act, context: contextFor(caller, act.context) }, policies, requester);
    },
  };
};
