import { describe, expect, it } from '@jest/globals';
import { isId } from '../../../../functions/kernel/values/ids.ts';
import { utf8Length } from '../../../../functions/kernel/values/utf8-length.ts';
import { fc } from '../../../support/properties.ts';

describe('an id', () => {
  it.each(['a', '0', 'Z', 'a-b_c', 'a'.repeat(64), '01JORDER'])('may be %s', (text) => {
    expect(isId(text)).toBe(true);
  });

  it.each(['', '-a', '_a', 'a'.repeat(65), 'a b', 'a#b', 'a/b', 'é', 'a\n', '\na'])('may not be %j', (text) => {
    expect(isId(text)).toBe(false);
  });
});

it('counts a text in UTF-8 as it is sent', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(utf8Length(text)).toBe(Buffer.byteLength(text));
    }),
  );
});
