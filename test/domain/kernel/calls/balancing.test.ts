import { describe, expect, it } from '@jest/globals';
import { pickOfTwo } from '../../../../functions/kernel/calls/balancing.ts';

/** The chances in turn. */
const chances = (...values: readonly number[]) => {
  const left = [...values];
  return () => left.shift() ?? Number.NaN;
};

describe('the choice of two', () => {
  it.each([
    ['the first drawn when it has less', [1, 5, 9], [0, 0], 1],
    ['the second drawn when it has less', [5, 1, 9], [0, 0], 1],
    ['the last ones as well', [9, 5, 1], [0.99, 0.99], 1],
    ['never the one that was drawn already', [5, 9, 9], [0.5, 0.5], 9],
  ])('takes %s', (_which, loads, drawn, picked) => {
    expect(pickOfTwo(loads, (load) => load, chances(...drawn))).toBe(picked);
  });

  it('keeps the first drawn of two that have the same', () => {
    const [a, b] = [{ load: 1 }, { load: 1 }];
    expect(pickOfTwo([a, b], ({ load }) => load, chances(0, 0))).toBe(a);
    expect(pickOfTwo([a, b], ({ load }) => load, chances(0.5, 0))).toBe(b);
  });

  it('takes the only one there is, and none of none', () => {
    expect(pickOfTwo(['a'], () => 1, chances(0.9, 0.9))).toBe('a');
    expect(pickOfTwo([], () => 1, chances(0.9, 0.9))).toBeUndefined();
  });
});
