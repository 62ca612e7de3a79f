import { createStepThreads } from '@archipelago/local/simulation';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { synthesize } from '../support/synthesized.ts';
import { play } from './play.ts';
import { scenarioNamed } from './scenarios.ts';
import { storyOf } from './story.ts';

let assemblyFolder = '';
const threads = createStepThreads();
beforeAll(async () => {
  assemblyFolder = await synthesize('dev');
}, 120_000);
afterAll(() => threads.stop());

/** CI runs every scenario by `npm run simulate`; these two show within seconds that it works. */
const ROUNDS = ['service-undeployed', 'call-faults'];

describe('the system under simulation', () => {
  it.each(ROUNDS)(
    'keeps its promises: %s',
    async (name) => {
      const scenario = scenarioNamed(name);
      if (!scenario) throw new Error(`there is no scenario ${name}`);
      const played = await play({ assemblyFolder, scenario, seed: 7, threads });
      expect(played.violations.length === 0 ? [] : storyOf(played)).toEqual([]);
      expect(played.history.orders.length).toBeGreaterThan(0);
    },
    120_000,
  );
});
