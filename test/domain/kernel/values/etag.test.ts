import { describe, expect, it } from '@jest/globals';
import { etag, versionOfEtag } from '../../../../functions/kernel/values/etag.ts';

describe('an ETag', () => {
  it('is strong, and shows the version and what lies beside it', () => {
    expect(etag(7)).toBe('"7"');
    expect(etag(7, 0)).toBe('"7-0"');
    expect(etag(7, 12)).toBe('"7-12"');
  });

  it('gives its version back, whatever lay beside it, and spaces around it', () => {
    expect(versionOfEtag(etag(42))).toBe(42);
    expect(versionOfEtag(etag(42, 9))).toBe(42);
    expect(versionOfEtag(' "42" ')).toBe(42);
    expect(versionOfEtag('"123456789012345"')).toBe(123456789012345);
    expect(versionOfEtag('"1-123456789012345"')).toBe(1);
  });

  it.each(['W/"1"', '1', '"1', '1"', '""', '"a"', '"1-"', '"-1"', '"1-a"', '"1234567890123456"', 'x"1"', '"1"x'])(
    'that is %s names no version',
    (text) => {
      expect(versionOfEtag(text)).toBeUndefined();
    },
  );
});
