import { type Simulation, startSimulation } from '@archipelago/local/simulation';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { synthesize } from '../support/synthesized.ts';

let assemblyFolder = '';
beforeAll(async () => {
  assemblyFolder = await synthesize('dev');
}, 120_000);

const clientOf = async (simulation: Simulation, sub: string, groups: readonly string[] = []) => {
  const authorization = `Bearer ${await simulation.token({ sub, groups })}`;
  return (method: string, url: string, body?: object, headers: Readonly<Record<string, string>> = {}) =>
    simulation.request({
      method,
      url,
      headers: { authorization, 'content-type': 'application/json', ...headers },
      ...(body && { body: JSON.stringify(body) }),
    });
};

/** From an empty system to an order that is confirmed. */
const run = async (seed: number) => {
  const notes: string[] = [];
  const simulation = await startSimulation({ assemblyFolder, seed, onNote: (line) => notes.push(line) });
  try {
    const admin = await clientOf(simulation, 'admin', ['admin']);
    const ada = await clientOf(simulation, 'ada');
    await simulation.sleep(60_000);
    await admin('PUT', '/products/pen', { name: 'Pen', price: { amount: 250, currency: 'EUR' } });
    await admin('POST', '/products/pen/stock', { delta: 5 }, { 'idempotency-key': 'five-pens' });
    await ada('POST', '/users', { email: 'ada@example.com', name: 'Ada' });
    await simulation.runUntilQuiet({ maxVirtualMs: 60_000 });
    const order = { items: [{ sku: 'pen', quantity: 2 }], paymentToken: 'tok_ok' };
    const placed = await ada('POST', '/orders', order, { 'idempotency-key': 'the-only-order' });
    const quiet = await simulation.runUntilQuiet({ maxVirtualMs: 900_000 });
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
