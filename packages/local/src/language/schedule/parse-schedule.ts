import { parseCron } from './cron.ts';
import { timeZone } from './time-zone.ts';

export interface Schedule {
  /** Whether it happens once (`at`). */
  readonly once: boolean;
  /** The first occurrence after a moment; undefined when there is none left. All times are epoch milliseconds. */
  nextAfter(afterMs: number): number | undefined;
}

export interface ScheduleOptions {
  /** IANA name for `cron` and `at`; default UTC. */
  readonly zone?: string;
  /** From when a `rate` counts. */
  readonly startsAtMs: number;
}

const UNIT_MS: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

const rate = (text: string, { startsAtMs }: ScheduleOptions): Schedule => {
  const [, count = '', unit = '', plural] = /^(\d+) (minute|hour|day)(s?)$/.exec(text) ?? [];
  const periodMs = Number(count) * (UNIT_MS[unit] ?? 0);
  // AWS refuses `rate(1 minutes)` and `rate(5 minute)`.
  if (periodMs === 0 || (Number(count) === 1) !== (plural === '')) throw new RangeError(`rate(${text}) is not valid`);
  return {
    once: false,
    nextAfter: (afterMs) => startsAtMs + Math.max(1, Math.floor((afterMs - startsAtMs) / periodMs) + 1) * periodMs,
  };
};

const at = (text: string, { zone = 'UTC' }: ScheduleOptions): Schedule => {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(text)) throw new RangeError(`at(${text}) is not valid`);
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = text.split(/[-T:]/).map(Number);
  const minuteMs = timeZone(zone).epochMsOf({ year, month, day, hour, minute });
  if (minuteMs === undefined) throw new RangeError(`${text} does not exist in ${zone}`);
  const dueAtMs = minuteMs + second * 1000;
  return { once: true, nextAfter: (afterMs) => (dueAtMs > afterMs ? dueAtMs : undefined) };
};

const cron = (text: string, { zone = 'UTC' }: ScheduleOptions): Schedule => {
  const parsed = parseCron(text);
  const place = timeZone(zone);
  return { once: false, nextAfter: (afterMs) => parsed.nextAfter(afterMs, place) };
};

/** `rate(5 minutes)`, `cron(0 12 ? * MON-FRI *)` or `at(2026-11-01T12:00:00)`. Throws RangeError. */
export const parseSchedule = (expression: string, options: ScheduleOptions): Schedule => {
  const [, kind, text = ''] = /^(rate|cron|at)\((.*)\)$/.exec(expression) ?? [];
  switch (kind) {
    case 'rate':
      return rate(text, options);
    case 'cron':
      return cron(text, options);
    case 'at':
      return at(text, options);
    default:
      throw new RangeError(`${expression} is neither rate(), cron() nor at()`);
  }
};
