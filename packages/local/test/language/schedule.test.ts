import { describe, expect, it } from '@jest/globals';
import { parseSchedule } from '../../src/language/schedule/parse-schedule.ts';

const STARTS_AT = '2026-11-01T12:00:00Z';

const occurrences = (expression: string, count: number, zone?: string, from = STARTS_AT) => {
  const schedule = parseSchedule(expression, { startsAtMs: Date.parse(from), ...(zone && { zone }) });
  const found: string[] = [];
  let afterMs = Date.parse(from);
  while (found.length < count) {
    const next = schedule.nextAfter(afterMs);
    if (next === undefined) break;
    found.push(new Date(next).toISOString().replace(':00.000Z', 'Z'));
    afterMs = next;
  }
  return found;
};

describe('schedule expressions', () => {
  it('count a rate from its start', () => {
    expect(occurrences('rate(5 minutes)', 2)).toEqual(['2026-11-01T12:05Z', '2026-11-01T12:10Z']);
    expect(occurrences('rate(1 hour)', 1)).toEqual(['2026-11-01T13:00Z']);
    expect(occurrences('rate(2 days)', 2)).toEqual(['2026-11-03T12:00Z', '2026-11-05T12:00Z']);
  });

  it.each([
    ['cron(0/15 * * * ? *)', ['2026-11-01T12:15Z', '2026-11-01T12:30Z']],
    ['cron(0 12 * * ? *)', ['2026-11-02T12:00Z', '2026-11-03T12:00Z']],
    ['cron(30 8,20 ? * MON-FRI *)', ['2026-11-02T08:30Z', '2026-11-02T20:30Z']],
    ['cron(0 9 ? * FRI-MON *)', ['2026-11-02T09:00Z', '2026-11-06T09:00Z', '2026-11-07T09:00Z', '2026-11-08T09:00Z']],
    ['cron(0 0 L * ? *)', ['2026-11-30T00:00Z', '2026-12-31T00:00Z', '2027-01-31T00:00Z', '2027-02-28T00:00Z']],
    ['cron(0 0 1W * ? *)', ['2026-11-02T00:00Z', '2026-12-01T00:00Z', '2027-01-01T00:00Z']],
    ['cron(0 0 1W 8 ? *)', ['2027-08-02T00:00Z', '2028-08-01T00:00Z']],
    ['cron(0 0 1W 5 ? 2027)', ['2027-05-03T00:00Z']],
    ['cron(0 0 LW 1,2 ? 2027)', ['2027-01-29T00:00Z', '2027-02-26T00:00Z']],
    ['cron(0 0 ? * TUE#2 *)', ['2026-11-10T00:00Z', '2026-12-08T00:00Z']],
    ['cron(0 0 ? * 6L *)', ['2026-11-27T00:00Z', '2026-12-25T00:00Z']],
    ['cron(0 0 29 FEB ? *)', ['2028-02-29T00:00Z', '2032-02-29T00:00Z']],
    ['cron(0 0 1 JAN ? 2026-2027)', ['2027-01-01T00:00Z']],
    ['cron(0 0 31 2 ? *)', []],
  ])('find the next times of %s', (expression, expected) => {
    expect(occurrences(expression, Math.max(expected.length, 1))).toEqual(expected);
  });

  it('follow the wall clock of their time zone over a change of its offset', () => {
    const from = '2026-10-23T12:00:00Z';
    expect(occurrences('cron(0 9 * * ? *)', 3, 'Europe/Berlin', from)).toEqual([
      '2026-10-24T07:00Z',
      '2026-10-25T08:00Z',
      '2026-10-26T08:00Z',
    ]);
  });

  it('skip a time that the time zone skips, and happen once when it comes twice', () => {
    const spring = occurrences('cron(30 2 * * ? *)', 2, 'Europe/Berlin', '2026-03-28T12:00:00Z');
    expect(spring).toEqual(['2026-03-30T00:30Z', '2026-03-31T00:30Z']);
    const autumn = occurrences('cron(30 1 * * ? *)', 2, 'America/New_York', '2026-10-31T12:00:00Z');
    expect(autumn).toEqual(['2026-11-01T05:30Z', '2026-11-02T06:30Z']);
  });

  it('happen once at a moment that still lies ahead', () => {
    expect(occurrences('at(2026-12-24T18:00:00)', 2, 'Asia/Tokyo')).toEqual(['2026-12-24T09:00Z']);
    expect(occurrences('at(2026-11-01T11:59:59)', 1)).toEqual([]);
  });

  it.each([
    'rate(1 minutes)',
    'rate(5 minute)',
    'rate(0 minutes)',
    'rate(5 weeks)',
    'cron(0 12 * * * *)',
    'cron(0 12 ? * ? *)',
    'cron(0 12 * * ?)',
    'cron(60 12 * * ? *)',
    'cron(0 12 * FOO ? *)',
    'at(tomorrow)',
    'every day',
  ])('refuse %s', (expression) => {
    expect(() => parseSchedule(expression, { startsAtMs: 0 })).toThrow(RangeError);
  });

  it('refuse an unknown time zone', () => {
    expect(() => parseSchedule('cron(0 12 * * ? *)', { startsAtMs: 0, zone: 'Middle/Earth' })).toThrow(RangeError);
  });
});
