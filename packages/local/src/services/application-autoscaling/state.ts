import type { JsonObject } from '../../core/json.ts';

/** What scales: the number of tasks of one service. */
export interface ScalableTarget {
  readonly id: string;
  /** `service/<cluster>/<service>` */
  readonly resourceId: string;
  readonly min: number;
  readonly max: number;
  /** By name, as the template configures them; nothing evaluates them yet. */
  readonly policies: Map<string, JsonObject>;
}

export interface ScalingState {
  targets(): readonly ScalableTarget[];
  /** Keeps the policies of a target that is there already. */
  put(target: Omit<ScalableTarget, 'policies'>): void;
  remove(id: string): void;
  putPolicy(targetId: string, name: string, policy: JsonObject): void;
  removePolicy(targetId: string, name: string): void;
}

export const createScalingState = (): ScalingState => {
  const targets = new Map<string, ScalableTarget>();
  return {
    targets: () => [...targets.values()],
    put: (target) => {
      targets.set(target.id, { ...target, policies: targets.get(target.id)?.policies ?? new Map() });
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
