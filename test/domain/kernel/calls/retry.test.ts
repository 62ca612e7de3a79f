import { describe, expect, it } from '@jest/globals';
import { retry } from '../../../../functions/kernel/calls/retry.ts';

const run = async (failures: number, { random = 0.5, deadline = 10_000, transient = true, takesMs = 0 } = {}) => {
  let nowMs = 0;
  const pauses: number[] = [];
  const timeouts: number[] = [];
  const tools = {
    clock: { now: () => nowMs },
    random: () => random,
    pause: async (ms: number) => {
      pauses.push(ms);
      nowMs += ms;
    },
  };
  const policy = { attempts: 3, baseMs: 100, capMs: 300, deadline, isTransient: () => transient };
  const outcome = await retry(tools, policy, async (timeoutMs) => {
    timeouts.push(timeoutMs);
    nowMs += takesMs;
    if (timeouts.length <= failures) throw new Error(`failure ${timeouts.length}`);
    return 'done';
  }).catch((thrown: Error) => thrown.message);
  return { outcome, pauses, timeouts };
};

describe('retry', () => {
  it('does not repeat what succeeds', async () => {
    expect(await run(0)).toEqual({ outcome: 'done', pauses: [], timeouts: [3333] });
  });

  it('pauses with full jitter under a growing cap', async () => {
    expect((await run(2, { random: 0.5 })).pauses).toEqual([100, 150]);
    expect((await run(2, { random: 0 })).pauses).toEqual([0, 0]);
    expect((await run(2, { random: 0.999 })).pauses).toEqual([199, 299]);
  });

  it('throws the last failure after the attempts', async () => {
    expect((await run(9)).outcome).toBe('failure 3');
  });

  it('does not repeat what is not transient', async () => {
    expect(await run(9, { transient: false })).toMatchObject({ outcome: 'failure 1', pauses: [] });
  });

  it('starts nothing that could not end in time', async () => {
    expect(await run(9, { deadline: 100 })).toMatchObject({ outcome: 'failure 1', pauses: [] });
  });

  it('shares the remaining time among the attempts that are left', async () => {
    expect((await run(9, { deadline: 900, takesMs: 300, random: 0 })).timeouts).toEqual([300, 300, 300]);
  });
});
