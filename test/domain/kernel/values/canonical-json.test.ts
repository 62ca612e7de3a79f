import { describe, expect, it } from '@jest/globals';
import { canonicalJson } from '../../../../functions/kernel/values/canonical-json.ts';

describe('the canonical text of a value', () => {
  it('has the members in the order of their names, at every depth, and no space', () => {
    expect(canonicalJson({ b: [{ d: 1, c: '' }, 'x'], a: null, é: 2, Z: true })).toBe(
      '{"Z":true,"a":null,"b":[{"c":"","d":1},"x"],"é":2}',
    );
  });

  it('is empty for no value', () => {
    expect(canonicalJson(undefined)).toBe('');
  });
});
