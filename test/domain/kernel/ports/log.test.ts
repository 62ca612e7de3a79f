import { describe, expect, it } from '@jest/globals';
import { epochSeconds, isoTime } from '../../../../functions/kernel/ports/clock.ts';
import { describeError } from '../../../../functions/kernel/ports/log.ts';
import { count, milliseconds } from '../../../../functions/kernel/ports/metrics.ts';
import { untraced } from '../../../../functions/kernel/ports/tracing.ts';

describe('what is logged of something thrown', () => {
  it('is name, message, stack and cause of an error', () => {
    const thrown = new TypeError('wrong', { cause: new RangeError('below') });
    expect(describeError(thrown)).toEqual({
      name: 'TypeError',
      message: 'wrong',
      stack: thrown.stack,
      cause: 'RangeError: below',
    });
    expect(describeError(new Error('wrong', { cause: 'text' }))).toMatchObject({ cause: undefined });
  });

  it('is cut, so that one failure cannot flood the log', () => {
    const long = 'x'.repeat(9_999);
    const thrown = new Error(long, { cause: new Error(long) });
    thrown.stack = long;
    expect(describeError(thrown)).toEqual({
      name: 'Error',
      message: 'x'.repeat(1_000),
      stack: 'x'.repeat(4_000),
      cause: `Error: ${long}`.slice(0, 1_000),
    });
    expect(describeError(long)).toEqual({ name: 'NonError', message: 'x'.repeat(1_000) });
  });

  it('is what a thrown value says that is no error, and an error without a stack', () => {
    expect(describeError(undefined)).toEqual({ name: 'NonError', message: 'undefined' });
    const thrown = new Error('wrong');
    delete thrown.stack;
    expect(describeError(thrown)).toEqual({ name: 'Error', message: 'wrong', stack: undefined, cause: undefined });
  });
});

it('writes times as RFC 3339 and as whole seconds', () => {
  expect(isoTime(1_767_225_600_999)).toBe('2026-01-01T00:00:00.999Z');
  expect(epochSeconds(1_767_225_600_999)).toBe(1_767_225_600);
});

it('measures counts and milliseconds', () => {
  expect([count(2), milliseconds(3)]).toEqual([
    { value: 2, unit: 'Count' },
    { value: 3, unit: 'Milliseconds' },
  ]);
});

it('runs what is not traced', async () => {
  expect(untraced.traceparent()).toBeUndefined();
  expect(await untraced.span('name', {}, async () => 7)).toBe(7);
});
