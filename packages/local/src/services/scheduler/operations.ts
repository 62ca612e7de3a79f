import { objectOf, textOf } from '../../assembly/values.ts';
import type { Act } from '../../core/access.ts';
import type { JsonObject } from '../../core/json.ts';
import type { World } from '../../core/world.ts';
import {
  answeringJson,
  jsonBodyOf,
  type RestInput,
  type RestOperation,
  type RestRoute,
  restProtocol,
} from '../../http/rest-protocol.ts';
import { type Schedule, scheduleOf } from './state/schedule.ts';
import type { Timetable } from './state/timetable.ts';

const OPERATIONS: Readonly<Record<string, string>> = {
  'POST /schedules/': 'CreateSchedule',
  'PUT /schedules/': 'UpdateSchedule',
  'GET /schedules/': 'GetSchedule',
  'DELETE /schedules/': 'DeleteSchedule',
  'GET /schedules': 'ListSchedules',
  'POST /schedule-groups/': 'CreateScheduleGroup',
  'GET /schedule-groups/': 'GetScheduleGroup',
  'DELETE /schedule-groups/': 'DeleteScheduleGroup',
};

const routeOf = (method: string, path: string): RestRoute | undefined => {
  const [, collection = '', name] = path.split('/');
  const operation = OPERATIONS[`${method} /${collection}${name === undefined ? '' : '/'}`];
  return operation === undefined ? undefined : { operation, name: decodeURIComponent(name ?? '') };
};

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

/** What each operation answers. */
const schedulerOperations = (world: World, timetable: Timetable, arnOf: ArnOf): Record<string, RestOperation> => {
  const read = (input: RestInput): Schedule => {
    const { name } = input;
    const body = jsonBodyOf(input);
    const groupName = textOf(body.GroupName) ?? 'default';
    return scheduleOf(body, { name, groupName, arn: arnOf('schedule', `${groupName}/${name}`) }, world.clock.now());
  };
  const groupIn = ({ query }: RestInput) => query.get('groupName') ?? 'default';
  return answeringJson({
    CreateSchedule: (input) => {
      const schedule = read(input);
      timetable.add(schedule);
      return { ScheduleArn: schedule.arn };
    },
    UpdateSchedule: (input) => {
      const schedule = read(input);
      timetable.replace(schedule);
      return { ScheduleArn: schedule.arn };
    },
    GetSchedule: (input) => describe(timetable.find(groupIn(input), input.name)),
    DeleteSchedule: (input) => {
      timetable.remove(groupIn(input), input.name);
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
  });
};

/** A schedule that is given a role passes it on to the scheduler. */
const passActs = (input: RestInput): readonly Act[] => {
  const role = input.body.length === 0 ? undefined : textOf(objectOf(jsonBodyOf(input).Target).RoleArn);
  const passedTo = (key: string) => (key === 'iam:passedtoservice' ? 'scheduler.amazonaws.com' : undefined);
  return role === undefined ? [] : [{ action: 'iam:PassRole', resource: role, context: passedTo }];
};

/** What a call of the scheduler does, as IAM names it. */
const actsOf = (operation: string, input: RestInput, arnOf: ArnOf): readonly Act[] => {
  const isGroup = operation.endsWith('Group');
  const group =
    input.query.get('groupName') ?? (input.body.length === 0 ? undefined : textOf(jsonBodyOf(input).GroupName));
  const path = isGroup ? input.name : `${group ?? 'default'}/${input.name === '' ? '*' : input.name}`;
  const resource = arnOf(isGroup ? 'schedule-group' : 'schedule', path);
  return [{ action: `scheduler:${operation}`, resource }, ...passActs(input)];
};

/** EventBridge Scheduler's REST API. */
export const schedulerApi = (world: World, timetable: Timetable, arnOf: ArnOf) =>
  restProtocol({
    operations: schedulerOperations(world, timetable, arnOf),
    routeOf,
    authorize: (operation, input, caller) => world.access.demand(caller, () => actsOf(operation, input, arnOf)),
    fault: 'InternalServerException',
    errorBody: ({ message }) => ({ Message: message }),
  });
