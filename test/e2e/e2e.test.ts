import { afterAll, beforeAll, describe } from '@jest/globals';
import { catalogCases } from './cases/catalog.ts';
import { edgeCases } from './cases/edge.ts';
import { ordersCases } from './cases/orders.ts';
import { registryCases } from './cases/registry.ts';
import { rushCases } from './cases/rush.ts';
import { usersCases } from './cases/users.ts';
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

describe('the edge', () => edgeCases(system));
describe('users', () => usersCases(system));
describe('catalog', () => catalogCases(system));
describe('orders', () => ordersCases(system));
describe('registry', () => registryCases(system));
describe('a rush', () => rushCases(system));
