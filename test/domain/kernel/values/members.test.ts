import { describe, expect, it } from '@jest/globals';
import { isList, isObject } from '../../../../functions/kernel/values/json.ts';
import * as members from '../../../../functions/kernel/values/members.ts';

const stored = { text: '', number: 0, object: { a: 1 }, list: [1, 2], none: null };

describe('a member of a stored object', () => {
  it('is given back when it is of its type', () => {
    expect(members.textIn(stored, 'text')).toBe('');
    expect(members.numberIn(stored, 'number')).toBe(0);
    expect(members.objectIn(stored, 'object')).toEqual({ a: 1 });
  });

  it.each([
    ['text', members.textIn, ['number', 'object', 'list', 'none', 'missing']],
    ['number', members.numberIn, ['text', 'object', 'list', 'none', 'missing']],
    ['object', members.objectIn, ['text', 'number', 'list', 'none', 'missing']],
  ] as const)('is refused by its name when it is no %s', (_type, read, names) => {
    for (const name of names)
      expect(() => read(stored, name)).toThrow(new Error(`the member ${name} is missing or of another type`));
  });
});

describe('JSON', () => {
  it('is an object, a list, or neither', () => {
    const values = [{}, [], null, 'text', 1, true, undefined];
    expect(values.map(isObject)).toEqual([true, false, false, false, false, false, false]);
    expect(values.map(isList)).toEqual([false, true, false, false, false, false, false]);
  });
});
