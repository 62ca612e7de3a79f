import { freePort } from '../../../core/listening/free-port.ts';
import type { World } from '../../../core/world.ts';
import type { Deployment } from './deployment.ts';
import { launchActs } from './launch-acts.ts';
import type { Launcher } from './launcher.ts';
import { startTask, type Task } from './task.ts';
import type { TaskNotes } from './task-notes.ts';
import { taskVariables } from './task-variables.ts';

export interface TaskOptions {
  readonly launcher: Launcher;
  /** Variables that every task gets beside its own; asked at each start. */
  readonly environment: () => Readonly<Record<string, string>>;
}

/** The tasks of one service, each with the deployment it belongs to. */
export interface Roster {
  /** Throws when the image is no good, or the execution role may not start it. */
  start(deployment: Deployment): Promise<void>;
  /** Those that nothing has stopped, the oldest first. */
  running(): readonly Task[];
  /** Those that have not ended. */
  all(): readonly Task[];
  deploymentOf(task: Task): Deployment | undefined;
}

/** Ports given to tasks: one that has been picked may not be taken yet when the next one is picked. */
const given = new Set<number>();

const pickPort = async (): Promise<number> => {
  for (;;) {
    const port = await freePort();
    if (given.has(port)) continue;
    given.add(port);
    return port;
  }
};

/** `onChange` is called for each change of a task, the last time when it has ended and has left the roster. */
export const createRoster = (
  world: World,
  { launcher, environment }: TaskOptions,
  notes: TaskNotes,
  onChange: (task: Task, deployment: Deployment) => void,
): Roster => {
  const deployments = new Map<Task, Deployment>();

  return {
    start: async (deployment) => {
      const { definition } = deployment;
      const taskId = world.random.hex(16);
      if (definition.executionRoleArn !== undefined) {
        const by = { principal: definition.executionRoleArn, taskId };
        world.access.demand(by, launchActs(world, definition, taskId));
      }
      await launcher.prepare(definition.image);
      const port = await pickPort();
      const variables = taskVariables(world, definition, taskId, port, environment());
      const plan = { taskId, image: definition.image, argv: definition.argv, variables };
      const start = { plan, definition, port, startedAtMs: world.clock.now() };
      const task = startTask(start, launcher, {
        onText: (level, text) => notes.printed(taskId, level, text),
        onChange: (changed) => {
          if (changed.status() === 'STOPPED') {
            deployments.delete(changed);
            given.delete(port);
            world.credentials.revoke(variables.AWS_ACCESS_KEY_ID ?? '');
          }
          onChange(changed, deployment);
        },
      });
      deployments.set(task, deployment);
      onChange(task, deployment);
    },
    running: () => [...deployments.keys()].filter((task) => task.status() === 'RUNNING'),
    all: () => [...deployments.keys()],
    deploymentOf: (task) => deployments.get(task),
  };
};
