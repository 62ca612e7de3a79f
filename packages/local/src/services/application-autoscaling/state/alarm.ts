/** One value for each minute, the newest last; undefined where none was reported. */
export type Minutes = readonly (number | undefined)[];

export type AlarmState = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';

/** M of N: so many of the last so many minutes. */
export interface Alarm {
  readonly datapoints: number;
  readonly periods: number;
  isBreaching(value: number): boolean;
}

/** CloudWatch looks further back than the periods, for values in the place of those that are missing. */
const FURTHER_BACK = 2;

/**
 * The state of an alarm that takes a missing value as missing.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
 */
export const alarmState = ({ datapoints, periods, isBreaching }: Alarm, minutes: Minutes): AlarmState => {
  const isKnown = (value: number | undefined): value is number => value !== undefined;
  const known = minutes
    .slice(-(periods + FURTHER_BACK))
    .filter(isKnown)
    .slice(-periods);
  if (known.length === 0) return 'INSUFFICIENT_DATA';
  if (known.filter(isBreaching).length >= datapoints) return 'ALARM';
  const newest = minutes.slice(-periods);
  const oldest = newest.findIndex((value) => isKnown(value) && isBreaching(value));
  const since = oldest < 0 ? [] : newest.slice(oldest);
  // With fewer values than it wants, the alarm still goes off when the first is old enough and none after it is good.
  return since.length >= datapoints && since.filter(isKnown).every(isBreaching) ? 'ALARM' : 'OK';
};
