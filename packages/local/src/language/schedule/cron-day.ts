import { parseCronField } from './cron-field.ts';

export type DayTest = (year: number, month: number, day: number) => boolean;

const WEEKDAYS = { lowest: 1, highest: 7, names: ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'] };
const MONTH_DAYS = { lowest: 1, highest: 31 };
const SATURDAY = 7;
const SUNDAY = 1;

/** 1 = Sunday … 7 = Saturday, as AWS counts. */
const weekdayOf = (year: number, month: number, day: number) =>
  new Date(Date.UTC(year, month - 1, day)).getUTCDay() + 1;

export const daysIn = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate();

/** The weekday nearest to a day within its month. */
const nearestWeekday = (year: number, month: number, day: number): number => {
  const last = daysIn(year, month);
  const wanted = Math.min(day, last);
  const weekday = weekdayOf(year, month, wanted);
  if (weekday === SATURDAY) return wanted > 1 ? wanted - 1 : wanted + 2;
  if (weekday === SUNDAY) return wanted < last ? wanted + 1 : wanted - 2;
  return wanted;
};

const dayOfMonth = (text: string): DayTest => {
  if (text === 'L') return (year, month, day) => day === daysIn(year, month);
  if (text === 'LW') return (year, month, day) => day === nearestWeekday(year, month, 31);
  if (/^\d+W$/.test(text)) {
    const [wanted = 1] = parseCronField(text.slice(0, -1), MONTH_DAYS);
    return (year, month, day) => day === nearestWeekday(year, month, wanted);
  }
  const days = parseCronField(text, MONTH_DAYS);
  return (_year, _month, day) => days.includes(day);
};

const dayOfWeek = (text: string): DayTest => {
  if (text === 'L') return (year, month, day) => weekdayOf(year, month, day) === SATURDAY;
  const [base = '', ordinal] = text.split('#');
  if (ordinal !== undefined) {
    const [weekday] = parseCronField(base, WEEKDAYS);
    const [nth = 1] = parseCronField(ordinal, { lowest: 1, highest: 5 });
    return (year, month, day) => weekdayOf(year, month, day) === weekday && Math.ceil(day / 7) === nth;
  }
  if (/^\w+L$/.test(text)) {
    const [weekday] = parseCronField(text.slice(0, -1), WEEKDAYS);
    return (year, month, day) => weekdayOf(year, month, day) === weekday && day + 7 > daysIn(year, month);
  }
  const weekdays = parseCronField(text, WEEKDAYS);
  return (year, month, day) => weekdays.includes(weekdayOf(year, month, day));
};

/** Day-of-month and day-of-week, of which one must be `?`. Throws RangeError. */
export const parseCronDay = (monthDay: string, weekDay: string): DayTest => {
  if ((monthDay === '?') === (weekDay === '?'))
    throw new RangeError('exactly one of day-of-month and day-of-week must be ?');
  return weekDay === '?' ? dayOfMonth(monthDay) : dayOfWeek(weekDay);
};
