import { isDeepStrictEqual } from 'node:util';
import type { Capacity } from '../../../core/ports.ts';
import type { ServiceSpec } from '../state/service-spec.ts';
import type { TaskDefinition } from '../state/task-definition.ts';
import { breaksAt, createDeployment, type Deployment, versionOf } from './deployment.ts';
import type { Task } from './task.ts';

/** What became of a deployment; `failed` names the one that was given up. */
export type Turn =
  | { readonly kind: 'completed' }
  | { readonly kind: 'rolledBack' | 'gaveUp'; readonly failed: Deployment };

/** Which version a service runs, how many of it, and which one it came from. */
export interface Course {
  spec(): ServiceSpec;
  current(): Deployment;
  /** The one that was begun last, though it may have failed. */
  newest(): Deployment;
  desired(): number;
  setCapacity(capacity: Capacity | undefined): void;
  /** From now on, until settings say another number. */
  setDesired(desired: number): void;
  /** Takes over settings; answers whether tasks would be others, so that a deployment has begun. */
  take(spec: ServiceSpec, definition: TaskDefinition): boolean;
  /** Completes or breaks off the deployment under way. `isNew` says whether a task belongs to it. */
  turn(running: readonly Task[], isNew: (task: Task) => boolean): Turn | undefined;
}

const isSameVersion = (a: Deployment, b: Deployment): boolean =>
  a.definition.arn === b.definition.arn &&
  a.definition.edition === b.definition.edition &&
  isDeepStrictEqual([a.place, a.registries], [b.place, b.registries]);

export const createCourse = (firstSpec: ServiceSpec, definition: TaskDefinition): Course => {
  let spec = firstSpec;
  let capacity: Capacity | undefined;
  let scaledTo: number | undefined;
  let current = createDeployment(spec, definition);
  let newest = current;
  let complete: Deployment | undefined;

  const desired = (): number => {
    const wanted = scaledTo ?? spec.desired ?? 1;
    return capacity ? Math.min(capacity.max, Math.max(capacity.min, wanted)) : wanted;
  };

  const breakOff = (): Turn => {
    const failed = current;
    failed.state = 'FAILED';
    if (!spec.breaker.rollback || !complete) return { kind: 'gaveUp', failed };
    current = complete;
    return { kind: 'rolledBack', failed };
  };

  return {
    spec: () => spec,
    current: () => current,
    newest: () => newest,
    desired,
    setCapacity: (next) => {
      capacity = next;
    },
    setDesired: (next) => {
      scaledTo = next;
    },
    take: (nextSpec, nextDefinition) => {
      if (nextSpec.desired !== spec.desired) scaledTo = undefined;
      spec = nextSpec;
      const next = createDeployment(spec, nextDefinition);
      if (isSameVersion(next, newest)) return false;
      // Back to what runs, after one that failed.
      if (isSameVersion(next, current)) {
        newest = current;
        return false;
      }
      newest = next;
      current = next;
      return true;
    },
    turn: (running, isNew) => {
      if (current.state !== 'IN_PROGRESS') return undefined;
      if (spec.breaker.enabled && current.failed >= breaksAt(desired())) return breakOff();
      if (!running.every(isNew) || running.filter((task) => task.isUp()).length < desired()) return undefined;
      current.state = 'COMPLETED';
      complete = current;
      return { kind: 'completed' };
    },
  };
};

/** One line on what became of a deployment. */
export const turnText = (turn: Turn, current: Deployment): string => {
  if (turn.kind === 'completed') return `deployment of ${versionOf(current)} is complete`;
  const what = `deployment of ${versionOf(turn.failed)} failed: ${turn.failed.failed} tasks did not become healthy`;
  return turn.kind === 'rolledBack'
    ? `${what}; ${versionOf(current)} goes on running`
    : `${what}; no more are started until the service is changed`;
};
