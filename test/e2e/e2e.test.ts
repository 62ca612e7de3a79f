import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { clientOf } from './client.ts';
import { describeSystem } from './describe-system.ts';
import { runQuickStart } from './quick-start.ts';
import { type RunningHere, startSystem } from './system.ts';

let running: RunningHere | undefined;

const system = (): RunningHere => {
  if (!running) throw new Error('the system did not start');
  return running;
};

beforeAll(async () => {
  running = await startSystem();
}, 60_000);

afterAll(async () => {
  await running?.stop();
});

describe("the README's quick start", () => {
  it('answers in a shell what the page promises', async () => {
    const { commands, answered, promises, broken } = await runQuickStart(system());
    expect(broken).toEqual([]);
    expect(answered).toBe(commands);
    expect(promises.length).toBeGreaterThan(5);
  });
});

describe("the control API's page", () => {
  it('has every operation that there is', async () => {
    const { controlUrl, controlToken } = system();
    const { status, text } = await clientOf(controlUrl, controlToken)('GET', '/control/nothing');
    expect(status).toBe(404);
    const operations = [...text.matchAll(/(GET|POST) \/control\/[a-z]+/g)].map(([operation]) => operation);
    expect(operations.length).toBeGreaterThan(5);
    const page = readFileSync('docs/laptop.md', 'utf8');
    expect(operations.filter((operation) => !page.includes(operation))).toEqual([]);
  });
});

describeSystem(system);
