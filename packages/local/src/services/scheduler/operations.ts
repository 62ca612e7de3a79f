import type { JsonObject } from '../../core/json.ts';
import type { World } from '../../core/world.ts';
import type { RestCall, RestOperation } from '../../http/rest-protocol.ts';
import { type Schedule, scheduleOf, textOf } from './state/schedule.ts';
import type { Timetable } from './state/timetable.ts';

export type ArnOf = (kind: 'schedule' | 'schedule-group', path: string) => string;

const describe = (schedule: Schedule): JsonObject => ({
  ...schedule.given,
  Name: schedule.name,
  GroupName: schedule.groupName,
  Arn: schedule.arn,
  State: schedule.enabled ? 'ENABLED' : 'DISABLED',
  CreationDate: schedule.createdAtMs / 1000,
  LastModificationDate: schedule.createdAtMs / 1000,
});

/** The operations of the wire protocol. */
export const schedulerOperations = (
  world: World,
  timetable: Timetable,
  arnOf: ArnOf,
): Record<string, RestOperation> => {
  const read = ({ name, body }: RestCall): Schedule => {
    const groupName = textOf(body.GroupName) ?? 'default';
    return scheduleOf(body, { name, groupName, arn: arnOf('schedule', `${groupName}/${name}`) }, world.clock.now());
  };
  const groupIn = ({ query }: RestCall) => query.get('groupName') ?? 'default';
  return {
    CreateSchedule: (call) => {
      const schedule = read(call);
      timetable.add(schedule);
      return { ScheduleArn: schedule.arn };
    },
    UpdateSchedule: (call) => {
      const schedule = read(call);
      timetable.replace(schedule);
      return { ScheduleArn: schedule.arn };
    },
    GetSchedule: (call) => describe(timetable.find(groupIn(call), call.name)),
    DeleteSchedule: (call) => {
      timetable.remove(groupIn(call), call.name);
      return {};
    },
    ListSchedules: ({ query }) => {
      const group = query.get('ScheduleGroup');
      const found = timetable.all().filter(({ groupName }) => group === null || groupName === group);
      return {
        Schedules: found.map((schedule) => ({
          Name: schedule.name,
          GroupName: schedule.groupName,
          Arn: schedule.arn,
          State: schedule.enabled ? 'ENABLED' : 'DISABLED',
          Target: { Arn: schedule.target.arn },
        })),
      };
    },
    CreateScheduleGroup: ({ name }) => {
      timetable.addGroup(name);
      return { ScheduleGroupArn: arnOf('schedule-group', name) };
    },
    GetScheduleGroup: ({ name }) => {
      const CreationDate = timetable.groupCreatedAtMs(name) / 1000;
      return { Name: name, Arn: arnOf('schedule-group', name), State: 'ACTIVE', CreationDate };
    },
    DeleteScheduleGroup: ({ name }) => {
      timetable.removeGroup(name);
      return {};
    },
  };
};
