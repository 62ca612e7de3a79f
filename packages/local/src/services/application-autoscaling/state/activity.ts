import type { Minutes } from './alarm.ts';
import { canDoWithLess, type Measure, type Tracking, wantedMore } from './tracking.ts';

/** What a service has when its policies are looked at. */
export interface Situation {
  readonly nowMs: number;
  readonly desired: number;
  readonly min: number;
  readonly max: number;
  /** While one is under way, no task is taken away. */
  readonly isDeploying: boolean;
  minutesOf(measure: Measure): Minutes;
}

/** Decides on the number of tasks, and remembers when it last did. */
export interface Activity {
  /** The number to go to; undefined when it stays. */
  decide(policies: readonly Tracking[], situation: Situation): number | undefined;
}

/** https://docs.aws.amazon.com/autoscaling/application/userguide/target-tracking-scaling-policy-overview.html */
export const createActivity = (): Activity => {
  let out = { untilMs: 0, from: 0 };
  let inUntilMs = 0;

  /** Any policy may ask for more. Before its cooldown has passed, what was added counts as part of what is asked for. */
  const more = (policies: readonly Tracking[], { nowMs, desired, max, minutesOf }: Situation): number | undefined => {
    const base = nowMs < out.untilMs ? out.from : desired;
    const wants = policies.map((policy) => ({
      policy,
      count: wantedMore(policy, minutesOf(policy.measure), base) ?? 0,
    }));
    const [most] = wants.toSorted((a, b) => b.count - a.count);
    if (!most) return undefined;
    const next = Math.min(max, most.count);
    if (next <= desired) return undefined;
    out = { untilMs: nowMs + most.policy.outCooldownMs, from: desired };
    inUntilMs = 0;
    return next;
  };

  /** All that may ask for less must agree. */
  const less = (policies: readonly Tracking[], situation: Situation): number | undefined => {
    const { nowMs, desired, min, isDeploying, minutesOf } = situation;
    const asked = policies.filter(({ scalesIn }) => scalesIn);
    if (asked.length === 0 || isDeploying || nowMs < inUntilMs || desired <= min) return undefined;
    if (!asked.every((policy) => canDoWithLess(policy, minutesOf(policy.measure), desired))) return undefined;
    inUntilMs = nowMs + Math.max(...asked.map(({ inCooldownMs }) => inCooldownMs));
    return desired - 1;
  };

  return { decide: (policies, situation) => more(policies, situation) ?? less(policies, situation) };
};
