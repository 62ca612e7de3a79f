import type { Activity } from './activity.ts';
import type { Tracking } from './tracking.ts';

/** What scales: the number of tasks of one service. */
export interface ScalableTarget {
  readonly id: string;
  /** `service/<cluster>/<service>` */
  readonly resourceId: string;
  readonly min: number;
  readonly max: number;
  /** By name. */
  readonly policies: Map<string, Tracking>;
  readonly activity: Activity;
}

export interface ScalingState {
  targets(): readonly ScalableTarget[];
  /** Keeps the policies of a target that is there already, and what it remembers. */
  put(target: Omit<ScalableTarget, 'policies' | 'activity'>): void;
  remove(id: string): void;
  putPolicy(targetId: string, name: string, policy: Tracking): void;
  removePolicy(targetId: string, name: string): void;
}

export const createScalingState = (createActivity: () => Activity): ScalingState => {
  const targets = new Map<string, ScalableTarget>();
  return {
    targets: () => [...targets.values()],
    put: (target) => {
      const { policies = new Map(), activity = createActivity() } = targets.get(target.id) ?? {};
      targets.set(target.id, { ...target, policies, activity });
    },
    remove: (id) => {
      targets.delete(id);
    },
    putPolicy: (targetId, name, policy) => {
      targets.get(targetId)?.policies.set(name, policy);
    },
    removePolicy: (targetId, name) => {
      targets.get(targetId)?.policies.delete(name);
    },
  };
};
