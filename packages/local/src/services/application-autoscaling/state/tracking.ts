import { type Alarm, alarmState, type Minutes } from './alarm.ts';

/** What of a task's service is measured, in percent of what its tasks have. */
export type Measure = 'cpu' | 'memory';

/** One target tracking policy. */
export interface Tracking {
  readonly measure: Measure;
  readonly target: number;
  readonly outCooldownMs: number;
  readonly inCooldownMs: number;
  readonly scalesIn: boolean;
}

/** Application Auto Scaling makes two alarms for a policy of ECS: 3 minutes above the target, 15 below nine tenths of it. */
const above = (target: number): Alarm => ({ datapoints: 3, periods: 3, isBreaching: (value) => value > target });
const below = (target: number): Alarm => ({
  datapoints: 15,
  periods: 15,
  isBreaching: (value) => value < target * 0.9,
});

/** As many minutes as the alarms look at. */
export const REMEMBERED_MINUTES = 17;

const newestOf = (minutes: Minutes): number => minutes.findLast((value) => value !== undefined) ?? 0;

/** How many tasks it wants of `now` ones, in proportion; undefined when it does not want more. */
export const wantedMore = ({ target }: Tracking, minutes: Minutes, now: number): number | undefined =>
  alarmState(above(target), minutes) === 'ALARM' ? Math.ceil((now * newestOf(minutes)) / target) : undefined;

/**
 * Whether one task less is enough: AWS says that it scales in more gradually, and not by how much. With one less, the others
 * must stay at the target.
 */
export const canDoWithLess = ({ target }: Tracking, minutes: Minutes, now: number): boolean =>
  now > 1 && alarmState(below(target), minutes) === 'ALARM' && (newestOf(minutes) * now) / (now - 1) <= target;
