import { CALM, type Simulation, startSimulation } from '@archipelago/local/simulation';

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

/** Plays one order in a system on this assembly. Answers what was refused meanwhile: who, and which action. */
export const refusedInOneOrder = async (assemblyFolder: string): Promise<readonly string[]> => {
  const simulation = await startSimulation({ assemblyFolder, seed: 1, disturbance: CALM });
  try {
    const admin = await clientOf(simulation, 'admin', ['admin']);
    const ada = await clientOf(simulation, 'ada');
    await simulation.sleep(60_000);
    await admin('PUT', '/products/pen', { name: 'Pen', price: { amount: 250, currency: 'EUR' } });
    await admin('POST', '/products/pen/stock', { delta: 5 }, { 'idempotency-key': 'five-pens' });
    await ada('POST', '/users', { email: 'ada@example.com', name: 'Ada' });
    await simulation.runUntilQuiet({ maxVirtualMs: 60_000 });
    const order = { items: [{ sku: 'pen', quantity: 2 }], paymentToken: 'tok_ok' };
    await ada('POST', '/orders', order, { 'idempotency-key': 'the-only-order' });
    await simulation.runUntilQuiet({ maxVirtualMs: 900_000 });
    await ada('GET', '/orders');
    return simulation.world.access
      .usage()
      .flatMap(({ arn, construct = arn, denied }) => denied.map(({ action }) => `${construct} ${action}`));
  } finally {
    await simulation.stop();
  }
};
