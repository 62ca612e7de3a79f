import { rm } from 'node:fs/promises';
import { createStepThreads } from '@archipelago/local/simulation';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { synthesize } from '../../support/synthesized.ts';
import { play } from '../play.ts';
import { twoReleases } from '../scenarios/releases.ts';
import { storyOf } from '../story.ts';
import { sabotagedAssembly } from './sabotaged-assembly.ts';
import { type Patch, SABOTAGES } from './sabotages.ts';

let assemblyFolder = '';
beforeAll(async () => {
  assemblyFolder = await synthesize('dev');
}, 120_000);
const threads = createStepThreads();
afterAll(() => threads.stop());

/** Says in each log that it is the other release. */
const ITS_NAME: readonly Patch[] = ['reserve-stock', 'capture-payment', 'fulfil'].map((name) => ({
  functions: [name],
  anchor: /^/,
  instead: 'console.log(JSON.stringify({ release: "beside" }));',
}));

const playBeside = async (patches: readonly Patch[]) => {
  const beside = await sabotagedAssembly(assemblyFolder, patches);
  try {
    return await play({ assemblyFolder, beside, scenario: twoReleases, seed: 1, threads });
  } finally {
    await rm(beside, { recursive: true, force: true });
  }
};

describe('two releases side by side', () => {
  it('serve in turn, and keep every promise', async () => {
    const played = await playBeside(ITS_NAME);
    expect(played.violations.length === 0 ? [] : storyOf(played)).toEqual([]);
    const said = played.history.written.filter(({ text }) => text.includes('"release":"beside"'));
    expect(new Set(said.map(({ where }) => where)).size).toBe(ITS_NAME.length);
    const started = played.fired.get('an environment of the release beside') ?? 0;
    expect(started).toBeGreaterThan(ITS_NAME.length);
  }, 120_000);

  it('are seen to fail when one calls a member of a message by another name', async () => {
    const { patches = [], invariant } = SABOTAGES.find(({ name }) => name === 'renamed-member') ?? {};
    const { violations } = await playBeside(patches);
    expect(violations.map((each) => each.invariant)).toContain(invariant);
  }, 120_000);
});
