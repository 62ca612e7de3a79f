import { describe, expect, it } from '@jest/globals';
import { createAgenda } from '../../src/core/agenda.ts';
import { systemClock } from '../../src/core/clock.ts';

describe('work that nothing waits for', () => {
  it('is on the list while it runs, and reports its failure', async () => {
    const failures: unknown[] = [];
    const agenda = createAgenda(systemClock, ({ what }, error) => failures.push([what, error]));
    const work = Promise.withResolvers<void>();
    agenda.follow({ what: 'hand over', subject: 'a-queue' }, work.promise);
    expect(agenda.running()).toMatchObject([{ what: 'hand over', kind: 'pending' }]);
    work.reject('lost');
    await work.promise.catch(() => {});
    await new Promise((resolve) => setImmediate(resolve));
    expect(agenda.running()).toEqual([]);
    expect(failures).toEqual([['hand over', 'lost']]);
  });
});
