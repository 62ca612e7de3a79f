import type { World } from '../../../core/world.ts';
import { type Deployment, versionOf } from './deployment.ts';
import type { Task } from './task.ts';
import type { TaskNotes } from './task-notes.ts';

/** A task that was well for as long has not failed to start. */
const SETTLED_MS = 10_000;

/** Says what became of a task, and counts as failures of its deployment those that ended or became ill too soon. */
export const createTaskHistory = (
  world: World,
  notes: TaskNotes,
  onFailure: (deployment: Deployment) => void,
): ((task: Task, deployment: Deployment) => void) => {
  const seenUp = new WeakSet<Task>();
  const askedToStop = new WeakSet<Task>();

  const ended = (task: Task, deployment: Deployment, name: string) => {
    if (askedToStop.has(task)) {
      notes.happened(`${name} stopped: ${task.reason()}`, 'INFO', task.id);
      return;
    }
    const wasSettled = task.wasUp() && world.clock.now() - task.startedAtMs >= SETTLED_MS;
    if (wasSettled) deployment.failedInARow = 0;
    // One that was ill has been counted.
    else if (task.health() !== 'UNHEALTHY') onFailure(deployment);
    notes.happened(`${name} ended by itself: ${task.reason()}`, 'ERROR', task.id);
  };

  return (task, deployment) => {
    const name = `task ${task.id.slice(0, 8)} of ${versionOf(deployment)}`;
    if (task.status() === 'STOPPING') askedToStop.add(task);
    else if (task.status() === 'STOPPED') ended(task, deployment, name);
    else if (task.health() === 'UNHEALTHY') {
      notes.happened(`${name} is not healthy`, 'ERROR', task.id);
      if (!task.wasUp()) onFailure(deployment);
    } else if (task.isUp() && !seenUp.has(task)) {
      seenUp.add(task);
      notes.happened(`${name} runs at 127.0.0.1:${task.port}`, 'INFO', task.id);
    }
  };
};
