import type { Json } from '../../../core/json.ts';
import type { Capacity } from '../../../core/ports.ts';
import type { World } from '../../../core/world.ts';
import type { ServiceSpec } from '../state/service-spec.ts';
import { rebuilt, type TaskDefinition } from '../state/task-definition.ts';
import { type Course, createCourse, turnText } from './course.ts';
import { type Deployment, versionOf } from './deployment.ts';
import { createPause } from './pause.ts';
import { createRegistrations } from './registrations.ts';
import { nextMoves } from './rollout.ts';
import { createRoster, type Roster, type TaskOptions } from './roster.ts';
import { createStarts } from './starts.ts';
import type { Task } from './task.ts';
import { createTaskHistory } from './task-history.ts';
import { createTaskNotes, type TaskNotes } from './task-notes.ts';

/** Keeps the desired number of tasks running. */
export interface ContainerService {
  spec(): ServiceSpec;
  /** Takes over other settings. Where tasks would be others, new ones replace those that run, as a rolling deployment. */
  deploy(spec: ServiceSpec, definition: TaskDefinition): void;
  /** The program in this folder was built again: true when it is the one of this service, which is deployed then. */
  reload(bundleFolder: string): boolean;
  setCapacity(capacity: Capacity | undefined): void;
  /** Scaling has decided on a number. */
  setDesired(desired: number): void;
  scalable(): { readonly desired: number; readonly isDeploying: boolean };
  /** Nothing is started before this. */
  begin(): void;
  /** Those that have not ended. */
  tasks(): readonly Task[];
  inspect(): Json;
  /** Stops every task, for good. */
  end(reason: string, withinMs?: number): Promise<void>;
}

const describe = (task: Task, deployment: Deployment | undefined): Json => ({
  id: task.id,
  version: deployment ? versionOf(deployment) : '',
  status: task.status(),
  health: task.health(),
  address: `127.0.0.1:${task.port}`,
  pid: task.pid ?? null,
  startedAt: new Date(task.startedAtMs).toISOString(),
});

const describeService = (course: Course, roster: Roster): Json => ({
  service: course.spec().name,
  version: versionOf(course.current()),
  deployment: course.current().state,
  desired: course.desired(),
  tasks: roster.all().map((task) => describe(task, roster.deploymentOf(task))),
});

/** Starts and stops tasks until there are as many as the course says, of the version that it says. */
const createKeeper = (world: World, options: TaskOptions, course: Course, notes: TaskNotes) => {
  const registrations = createRegistrations(world);
  const pause = createPause();
  let state: 'waiting' | 'active' | 'ended' = 'waiting';

  const onFailure = (deployment: Deployment) => {
    deployment.failed += 1;
    deployment.failedInARow += 1;
    pause.begin(deployment);
  };
  const onTask = createTaskHistory(world, notes, onFailure);
  const roster = createRoster(world, options, notes, (task, deployment) => {
    registrations.update(task, course.spec(), deployment);
    onTask(task, deployment);
    reconcile();
  });
  const starts = createStarts(world, notes, roster, onFailure);
  const isNew = (task: Task) => roster.deploymentOf(task) === course.current();

  const reconcile = (): void => {
    if (state !== 'active') return;
    const turn = course.turn(roster.running(), isNew);
    if (turn) notes.happened(turnText(turn, course.current()), turn.kind === 'completed' ? 'INFO' : 'ERROR');
    const { minPercent, maxPercent } = course.spec();
    const moves = nextMoves(roster.running(), { desired: course.desired(), minPercent, maxPercent, isNew });
    const missing = moves.start - starts.underWay();
    for (const task of moves.stop) void task.stop('the service needs it no longer');
    if (missing <= 0 || course.current().state === 'FAILED' || pause.lasts(reconcile)) return;
    starts.begin(missing, course.current(), reconcile);
  };

  return {
    roster,
    reconcile,
    endPause: pause.end,
    isDeploying: () => state === 'active' && course.current().state === 'IN_PROGRESS',
    begin: () => {
      if (state === 'waiting') state = 'active';
      reconcile();
    },
    end: async (reason: string, withinMs?: number) => {
      state = 'ended';
      pause.end();
      await Promise.all(roster.all().map((task) => task.stop(reason, withinMs)));
    },
  };
};

export const createContainerService = (
  world: World,
  options: TaskOptions,
  spec: ServiceSpec,
  definition: TaskDefinition,
): ContainerService => {
  const notes = createTaskNotes(world, spec.name);
  const course = createCourse(spec, definition);
  const { roster, reconcile, endPause, isDeploying, begin, end } = createKeeper(world, options, course, notes);

  const deploy = (nextSpec: ServiceSpec, nextDefinition: TaskDefinition) => {
    if (course.take(nextSpec, nextDefinition)) endPause();
    reconcile();
  };

  return {
    spec: course.spec,
    deploy,
    reload: (folder) => {
      const { definition: now } = course.newest();
      if (now.bundle !== folder) return false;
      deploy(course.spec(), rebuilt(now, folder));
      return true;
    },
    setCapacity: (capacity) => {
      course.setCapacity(capacity);
      reconcile();
    },
    setDesired: (desired) => {
      const before = course.desired();
      course.setDesired(desired);
      notes.happened(`scaling goes from ${before} to ${course.desired()} tasks`);
      reconcile();
    },
    scalable: () => ({ desired: course.desired(), isDeploying: isDeploying() }),
    begin,
    tasks: roster.all,
    inspect: () => describeService(course, roster),
    end,
  };
};
