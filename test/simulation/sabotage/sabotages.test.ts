import { beforeAll, describe, expect, it } from '@jest/globals';
import { synthesize } from '../../support/synthesized.ts';
import { scenarioNamed } from '../scenarios.ts';
import { checkPatches } from './sabotaged-assembly.ts';
import { SABOTAGES } from './sabotages.ts';

let assemblyFolder = '';
beforeAll(async () => {
  assemblyFolder = await synthesize('dev');
}, 120_000);

/** That each is caught takes seeds: `npm run simulate:sabotage`, which CI runs. */
describe('a sabotage', () => {
  it.each(SABOTAGES)('$name fits the code as it is', async ({ patches, probes = [], scenario }) => {
    await checkPatches(assemblyFolder, [...patches, ...probes]);
    expect(scenarioNamed(scenario)).toBeDefined();
  });

  it('is refused when the code is no longer what it was written for', async () => {
    const patch = { functions: ['reserve-stock'], anchor: /code that is nowhere/, instead: '' };
    await expect(checkPatches(assemblyFolder, [patch])).rejects.toThrow('holds 0 times');
    await expect(checkPatches(assemblyFolder, [{ ...patch, functions: ['nothing'] }])).rejects.toThrow('no function');
  });
});
