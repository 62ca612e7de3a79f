import type { Simulation } from '@archipelago/local/simulation';

/** Requests of one person to a simulated system. */
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

/** From an empty system to one order that has ended, and the client of who placed it. */
export const playOneOrder = async (simulation: Simulation) => {
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
  return { ada, placed, quiet };
};
