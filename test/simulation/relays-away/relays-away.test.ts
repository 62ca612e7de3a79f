import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createStepThreads } from '@archipelago/local/simulation';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { copyAssembly } from '../../e2e/assembly-copy.ts';
import { synthesize } from '../../support/synthesized.ts';
import { type Played, play } from '../play.ts';
import { storyOf } from '../story.ts';
import { type Assemblies, type Moments, relaysAway, withoutRelays } from './relays-away.ts';

let folder = '';
let assemblies: Assemblies;
const threads = createStepThreads();
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'relays-away-'));
  const whole = await synthesize('dev');
  assemblies = { whole, withoutRelays: await copyAssembly(whole, join(folder, 'cdk.out'), withoutRelays) };
}, 240_000);
afterAll(async () => {
  await threads.stop();
  await rm(folder, { recursive: true, force: true });
});

const playStory = async (seed: number, act?: Parameters<typeof relaysAway>[2]) => {
  const moments: Moments = { stoppedAtMs: 0, caughtUpAtMs: 0, meanwhile: [] };
  const scenario = relaysAway(assemblies, moments, act);
  return { moments, played: await play({ assemblyFolder: assemblies.whole, scenario, seed, threads }) };
};

/** What orders sent, which no later version of a row overwrites. */
const idsOfOrders = ({ history }: Played, fromMs: number, untilMs: number): ReadonlySet<string> =>
  new Set(
    history.messages
      .filter(({ type }) => ['OrderPlaced.v1', 'ReserveStock.v1', 'OrderConfirmed.v1'].includes(type))
      .filter(({ atMs }) => atMs >= fromMs && atMs < untilMs)
      .map(({ id }) => id),
  );

describe('a day and more without the relays', () => {
  it.each([1, 2])(
    'loses and doubles nothing when the tables are caught up with: each message has the id that it had (seed %d)',
    async (seed) => {
      const { moments, played } = await playStory(seed);
      expect(moments.meanwhile).toEqual(['PENDING', 'PENDING', 'PENDING']);
      expect(played.violations.length === 0 ? [] : storyOf(played)).toEqual([]);
      const before = idsOfOrders(played, 0, moments.stoppedAtMs);
      const again = idsOfOrders(played, moments.caughtUpAtMs, Number.POSITIVE_INFINITY);
      expect(before.size).toBeGreaterThan(6);
      expect([...before].filter((id) => !again.has(id))).toEqual([]);
    },
    240_000,
  );

  it('loses messages when they are not', async () => {
    const { played } = await playStory(1, async () => undefined);
    expect(played.violations.map(({ invariant }) => invariant)).toContain('I5 outbox');
  }, 240_000);
});
