import type { EmulatedService } from '../../core/emulated-service.ts';
import type { World } from '../../core/world.ts';
import { createPersistentDelivery } from '../../delivery/persistent-delivery.ts';
import { type ArnOf, schedulerApi } from './operations.ts';
import { schedulerResourceTypes } from './resources.ts';
import { createTimetable } from './state/timetable.ts';

/** Amazon EventBridge Scheduler. */
export const createSchedulerService = (world: World): EmulatedService => {
  const timetable = createTimetable(world, createPersistentDelivery(world));
  const arnOf: ArnOf = (kind, path) =>
    `arn:${world.partition}:scheduler:${world.region}:${world.account}:${kind}/${path}`;
  return {
    signingName: 'scheduler',
    handle: schedulerApi(world, timetable, arnOf),
    resourceTypes: schedulerResourceTypes(world, timetable, arnOf),
    inspect: () =>
      timetable.all().map((schedule) => ({
        name: schedule.name,
        group: schedule.groupName,
        expression: schedule.given.ScheduleExpression ?? null,
        target: schedule.target.arn,
        nextAtMs: timetable.nextOf(schedule) ?? null,
      })),
  };
};
