import { describe, expect, it } from '@jest/globals';
import { judge, type Mutant } from './judge.ts';

const mutant = (replacement: string, isFound: boolean): Mutant => ({
  file: 'functions/a.ts',
  line: 1,
  original: 'a < b',
  replacement,
  isFound,
});
const excluded = { file: 'functions/a.ts', original: 'a < b', replacement: 'a <= b', reason: 'they never meet' };

describe('the verdict on a room', () => {
  it('is the share of mutants that were found, and never rounds up to all', () => {
    const found = Array.from({ length: 1999 }, () => mutant('true', true));
    const { score, survivors } = judge([...found, mutant('a <= b', false)], []);
    expect(score).toBe(99.9);
    expect(survivors).toEqual([mutant('a <= b', false)]);
  });

  it('leaves out what is excluded, and only that', () => {
    const mutants = [mutant('a <= b', false), mutant('a >= b', false), mutant('true', true)];
    expect(judge(mutants, [excluded])).toMatchObject({ mutants: 3, found: 1, equivalent: 1, score: 50 });
  });

  it('names an exclusion of a mutant that is found or is not there, unless its file was not mutated', () => {
    expect(judge([mutant('a <= b', true)], [excluded]).stale).toEqual([excluded]);
    expect(judge([mutant('true', true)], [excluded]).stale).toEqual([excluded]);
    expect(judge([mutant('true', true)], [{ ...excluded, file: 'functions/b.ts' }]).stale).toEqual([]);
  });

  it('is nothing for a room without mutants', () => {
    expect(judge([], []).score).toBe(0);
  });
});
