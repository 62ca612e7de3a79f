import { describe, expect, it } from '@jest/globals';
import { contended, notFound, Refused } from '../../../../functions/kernel/values/errors.ts';

describe('a refusal', () => {
  it('is an error with its detail as message and its cause', () => {
    const cause = new Error('below');
    const refused = new Refused(contended, { cause });
    expect(refused).toBeInstanceOf(Error);
    expect([refused.name, refused.message, refused.refusal, refused.cause]).toEqual([
      'Refused',
      contended.detail,
      contended,
      cause,
    ]);
  });

  it('says what there is not', () => {
    expect(notFound('order')).toEqual({
      outcome: 'not_found',
      code: 'not-found',
      detail: 'There is no such order.',
    });
  });

  it('for others being faster asks to try again soon', () => {
    expect(contended).toEqual({
      outcome: 'contended',
      code: 'contended',
      detail: 'Others are changing this at the same time; try again.',
      retryAfterSeconds: 1,
    });
  });
});
