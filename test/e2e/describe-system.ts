import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe } from '@jest/globals';
import { services } from '../../lib/stacks/services.ts';
import { edgeCases } from './cases/edge.ts';
import { rushCases } from './cases/rush.ts';
import type { System } from './system.ts';

type Cases = (system: () => System) => void;

/** The cases of the services that have some: `cases/<service>.ts`. */
const ofServices: [service: string, cases: Cases][] = [];
for (const service of Object.keys(services)) {
  const file = join(import.meta.dirname, `cases/${service}.ts`);
  if (!existsSync(file)) continue;
  const { cases }: { readonly cases: Cases } = await import(file);
  ofServices.push([service, cases]);
}

/** Every case that any system must pass, whether it runs on a laptop or is deployed. */
export const describeSystem = (system: () => System): void => {
  describe('the edge', () => edgeCases(system));
  describe.each(ofServices)('%s', (_service, cases) => cases(system));
  describe('a rush', () => rushCases(system));
};
