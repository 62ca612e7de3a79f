import { afterAll, beforeAll } from '@jest/globals';
import { describeSystem } from './describe-system.ts';
import { type System, startSystem } from './system.ts';

let running: System | undefined;

const system = (): System => {
  if (!running) throw new Error('the system did not start');
  return running;
};

beforeAll(async () => {
  running = await startSystem();
}, 60_000);

afterAll(async () => {
  await running?.stop();
});

describeSystem(system);
