import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { etag, etagOfContent, versionOfEtag } from '../../../../functions/kernel/values/etag.ts';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

describe('an ETag', () => {
  it('is strong, and shows the version and a code of the content', () => {
    expect(etag(7)).toBe('"7"');
    expect(etagOfContent(etag(7), '{}', sha256)).toBe(`"7-${sha256('{}').slice(0, 16)}"`);
  });

  it('gives its version back, whatever the content', () => {
    expect(versionOfEtag(etag(42))).toBe(42);
    expect(versionOfEtag(etagOfContent(etag(42), 'x', sha256))).toBe(42);
    expect(versionOfEtag('"123456789012345"')).toBe(123456789012345);
  });

  it.each([
    'W/"1"',
    '1',
    '"1',
    '1"',
    '""',
    '"a"',
    '"1-"',
    '"-1"',
    '"1-a"',
    '"0"',
    '"01"',
    '"1234567890123456"',
    '"1-0123456789ABCDEF"',
    '"1-0123456789abcdef0"',
    ' "1"',
    'x"1"',
    '"1"x',
  ])('that is %s names no version', (text) => {
    expect(versionOfEtag(text)).toBeUndefined();
  });
});
