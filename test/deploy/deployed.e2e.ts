import { afterAll, beforeAll } from '@jest/globals';
import { describeSystem } from '../e2e/describe-system.ts';
import type { System } from '../e2e/system.ts';
import { deployedSystem } from './deployed-system.ts';
import type { Deployment } from './deployment.ts';

let deployed: System | undefined;

const system = (): System => {
  if (!deployed) throw new Error('there is no deployment; run `npm run test:deploy`');
  return deployed;
};

beforeAll(async () => {
  const deployment: Deployment = JSON.parse(process.env.ARCHIPELAGO_DEPLOYMENT ?? 'null');
  deployed = await deployedSystem(deployment);
});

afterAll(async () => {
  await deployed?.stop();
});

describeSystem(system);
