import { startSimulation } from '@archipelago/local/simulation';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { playOneOrder } from '../support/simulated-order.ts';
import { synthesize } from '../support/synthesized.ts';

let assemblyFolder = '';
beforeAll(async () => {
  assemblyFolder = await synthesize('dev');
}, 120_000);

/** From an empty system to an order that is confirmed. */
const run = async (seed: number) => {
  const notes: string[] = [];
  const simulation = await startSimulation({ assemblyFolder, seed, onNote: (line) => notes.push(line) });
  try {
    const { ada, placed, quiet } = await playOneOrder(simulation);
    const { id } = JSON.parse(placed.body);
    const { body } = await ada('GET', `/orders/${id}`);
    return { placed: placed.status, quiet, order: JSON.parse(body), hash: simulation.traceHash(), notes };
  } finally {
    await simulation.stop();
  }
};

describe('one order under simulation', () => {
  it('is confirmed, and the same seed gives the same run, another seed another one', async () => {
    const [first, again, other] = [await run(1), await run(1), await run(2)];
    for (const { placed, quiet, order } of [first, other]) {
      expect([placed, quiet.quiet, order.status]).toEqual([202, true, 'CONFIRMED']);
    }
    expect(again.notes).toEqual(first.notes);
    expect(again.hash).toBe(first.hash);
    expect(other.hash).not.toBe(first.hash);
  }, 120_000);
});
