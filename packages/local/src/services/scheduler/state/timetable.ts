import type { Task } from '../../../core/agenda/task.ts';
import { AwsError } from '../../../core/aws-call.ts';
import type { World } from '../../../core/world.ts';
import type { PersistentDelivery } from '../../../delivery/persistent-delivery.ts';
import { deliveryOrderOf } from './invocation.ts';
import type { Schedule } from './schedule.ts';

const keyOf = (groupName: string, name: string) => `${groupName}/${name}`;

const missing = (what: string) => new AwsError('ResourceNotFoundException', `${what} does not exist.`, 404);
const conflict = (what: string) => new AwsError('ConflictException', `${what} already exists.`, 409);

/** Schedule groups, schedules and when each runs next. */
export const createTimetable = (world: World, deliver: PersistentDelivery) => {
  const { agenda, clock, random } = world;
  const groups = new Map([['default', clock.now()]]);
  const schedules = new Map<string, Schedule>();
  const waiting = new Map<string, Task>();

  const remove = ({ groupName, name }: Schedule) => {
    const key = keyOf(groupName, name);
    const task = waiting.get(key);
    if (task) agenda.cancel(task);
    waiting.delete(key);
    schedules.delete(key);
  };

  const plan = (schedule: Schedule, afterMs: number): void => {
    const scheduledAtMs = schedule.occurrences.nextAfter(afterMs);
    if (scheduledAtMs === undefined || scheduledAtMs > schedule.endsAtMs) {
      const hasRun = waiting.delete(keyOf(schedule.groupName, schedule.name));
      if (schedule.deleteAfterCompletion && hasRun) remove(schedule);
      return;
    }
    const dueAtMs = scheduledAtMs + Math.floor(random.next() * schedule.windowMs);
    const entry = { dueAtMs, kind: 'planned', what: 'run schedule', subject: schedule.name } as const;
    const task = agenda.schedule(entry, () => {
      deliver(deliveryOrderOf(world, schedule, { id: random.uuid(), scheduledAtMs }));
      plan(schedule, scheduledAtMs);
    });
    waiting.set(keyOf(schedule.groupName, schedule.name), task);
  };

  const find = (groupName: string, name: string): Schedule => {
    const found = schedules.get(keyOf(groupName, name));
    if (!found) throw missing(`Schedule ${name}`);
    return found;
  };

  const put = (schedule: Schedule) => {
    if (!groups.has(schedule.groupName)) throw missing(`Schedule group ${schedule.groupName}`);
    schedules.set(keyOf(schedule.groupName, schedule.name), schedule);
    if (schedule.enabled) plan(schedule, clock.now());
  };

  return {
    find,
    all: (): readonly Schedule[] => [...schedules.values()],
    nextOf: ({ groupName, name }: Schedule): number | undefined => waiting.get(keyOf(groupName, name))?.dueAtMs,
    add: (schedule: Schedule): void => {
      if (schedules.has(keyOf(schedule.groupName, schedule.name))) throw conflict(`Schedule ${schedule.name}`);
      put(schedule);
    },
    replace: (schedule: Schedule): void => {
      remove(find(schedule.groupName, schedule.name));
      put(schedule);
    },
    remove: (groupName: string, name: string): void => remove(find(groupName, name)),
    addGroup: (name: string): void => {
      if (groups.has(name)) throw conflict(`Schedule group ${name}`);
      groups.set(name, clock.now());
    },
    groupCreatedAtMs: (name: string): number => {
      const createdAtMs = groups.get(name);
      if (createdAtMs === undefined) throw missing(`Schedule group ${name}`);
      return createdAtMs;
    },
    removeGroup: (name: string): void => {
      if (!groups.delete(name)) throw missing(`Schedule group ${name}`);
      for (const schedule of schedules.values()) if (schedule.groupName === name) remove(schedule);
    },
  };
};

export type Timetable = ReturnType<typeof createTimetable>;
