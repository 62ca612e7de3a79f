import { describe, expect, it } from '@jest/globals';
import { md5OfAttributes } from '../../src/services/sqs/state/message.ts';

const text = (StringValue: string) => ({ DataType: 'String', StringValue });

describe('the digest of message attributes', () => {
  it('is what AWS answers', () => {
    const timestamp = { DataType: 'Number', StringValue: '1493147359900' };
    expect(md5OfAttributes({ timestamp })).toBe('235c5c510d26fb653d073faed50ae77c');
  });

  it('does not depend on the order in which attributes were given', () => {
    expect(md5OfAttributes({ b: text('2'), a: text('1') })).toBe(md5OfAttributes({ a: text('1'), b: text('2') }));
  });

  it('is absent without attributes', () => {
    expect(md5OfAttributes({})).toBeUndefined();
  });
});
