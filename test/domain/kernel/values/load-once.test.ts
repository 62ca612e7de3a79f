import { describe, expect, it } from '@jest/globals';
import { loadOnce } from '../../../../functions/kernel/values/load-once.ts';

describe('what is loaded once', () => {
  it('is loaded once for all who ask, also at the same time', async () => {
    let loads = 0;
    const load = loadOnce(async () => ++loads);
    expect(await Promise.all([load(), load()])).toEqual([1, 1]);
    expect(await load()).toBe(1);
  });

  it('is loaded again after a failure', async () => {
    let loads = 0;
    const load = loadOnce(async () => {
      loads += 1;
      if (loads === 1) throw new Error('throttled');
      return loads;
    });
    await expect(Promise.all([load(), load()])).rejects.toThrow('throttled');
    expect(await load()).toBe(2);
  });
});
