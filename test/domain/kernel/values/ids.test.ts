import { describe, expect, it } from '@jest/globals';
import { isId } from '../../../../functions/kernel/values/ids.ts';
import { utf8Length } from '../../../../functions/kernel/values/utf8-length.ts';

describe('an id', () => {
  it.each(['a', '0', 'Z', 'a-b_c', 'a'.repeat(64), '01JORDER'])('may be %s', (text) => {
    expect(isId(text)).toBe(true);
  });

  it.each(['', '-a', '_a', 'a'.repeat(65), 'a b', 'a#b', 'a/b', 'é', 'a\n', '\na'])('may not be %j', (text) => {
    expect(isId(text)).toBe(false);
  });
});

it.each(['', 'a', '\u007f', '\u0080', '\u07ff', '\u0800', '\uffff', '\u{10000}', 'é€🙂a'])(
  'counts the bytes of %j in UTF-8 as it is sent',
  (text) => {
    expect(utf8Length(text)).toBe(Buffer.byteLength(text));
  },
);
