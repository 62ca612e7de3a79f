import { daysIn, parseCronDay } from './cron-day.ts';
import { parseCronField } from './cron-field.ts';
import type { TimeZone, WallTime } from './time-zone.ts';

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const DAY_MS = 86_400_000;

/** AWS's six fields: minutes hours day-of-month month day-of-week year. Throws RangeError. */
export const parseCron = (text: string) => {
  const fields = text.trim().split(/\s+/);
  if (fields.length !== 6) throw new RangeError('a cron expression has six fields');
  const [minute = '', hour = '', monthDay = '', month = '', weekDay = '', year = ''] = fields;
  const minutes = parseCronField(minute, { lowest: 0, highest: 59 });
  const hours = parseCronField(hour, { lowest: 0, highest: 23 });
  const months = new Set(parseCronField(month, { lowest: 1, highest: 12, names: MONTHS }));
  const years = parseCronField(year, { lowest: 1970, highest: 2199 });
  const isDay = parseCronDay(monthDay, weekDay);
  const allowedYears = new Set(years);
  const lastYear = years.at(-1) ?? 0;

  const timesOn = (day: Pick<WallTime, 'year' | 'month' | 'day'>, zone: TimeZone) =>
    hours
      .flatMap((wallHour) => minutes.map((wallMinute) => ({ ...day, hour: wallHour, minute: wallMinute })))
      .flatMap((wall) => zone.epochMsOf(wall) ?? [])
      .sort((a, b) => a - b);

  return {
    /** The first occurrence after a moment, in epoch milliseconds; undefined when there is none left. */
    nextAfter: (afterMs: number, zone: TimeZone): number | undefined => {
      const today = zone.wallTimeOf(afterMs);
      let date = new Date(Date.UTC(today.year, today.month - 1, today.day));
      while (date.getUTCFullYear() <= lastYear) {
        const day = { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
        const monthFits = allowedYears.has(day.year) && months.has(day.month);
        if (monthFits && isDay(day.year, day.month, day.day)) {
          const found = timesOn(day, zone).find((epochMs) => epochMs > afterMs);
          if (found !== undefined) return found;
        }
        const daysOn = monthFits ? 1 : daysIn(day.year, day.month) - day.day + 1;
        date = new Date(date.getTime() + daysOn * DAY_MS);
      }
      return undefined;
    },
  };
};
