import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
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

describeSystem(system);
