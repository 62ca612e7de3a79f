import { startSimulation } from '@archipelago/local/simulation';
import { expect, it } from '@jest/globals';
import { busEventOf, messageOf } from '../support/messages.ts';
import { synthesize } from '../support/synthesized.ts';

it('an order that was paid with another amount ends, and leaves a line and a measure', async () => {
  const simulation = await startSimulation({ assemblyFolder: await synthesize('dev'), seed: 1 });
  const lines: object[] = [];
  simulation.world.journal.subscribe((kind, { functionName, data }) => {
    if (kind === 'logs' && String(functionName).endsWith('-orders-fulfil')) lines.push(Object(data));
  });
  const as = async (sub: string, method: string, url: string, body?: object, groups: readonly string[] = []) => {
    const headers = {
      authorization: `Bearer ${await simulation.token({ sub, groups })}`,
      'content-type': 'application/json',
      'idempotency-key': `${method}:${url}`,
    };
    return JSON.parse(
      (await simulation.request({ method, url, headers, ...(body && { body: JSON.stringify(body) }) })).body,
    );
  };
  try {
    await simulation.sleep(60_000);
    await as('root', 'PUT', '/products/pen', { name: 'Pen', price: { amount: 250, currency: 'EUR' } }, ['admin']);
    await as('root', 'POST', '/products/pen/stock', { delta: 5 }, ['admin']);
    const { id } = await as('ada', 'POST', '/orders', { items: [{ sku: 'pen', quantity: 1 }], paymentToken: 'tok_ok' });
    const captured = { amount: 1, currency: 'EUR' };
    const event = busEventOf(messageOf('PaymentCaptured.v1', id, 1, { orderId: id, userId: 'ada', amount: captured }));
    await simulation.settling(
      simulation.runtime.invoke('orders/fulfil', JSON.stringify({ ...event, source: 'payments' })),
    );
    await simulation.runUntilQuiet({ maxVirtualMs: 900_000 });
    expect(await as('ada', 'GET', `/orders/${id}`)).toMatchObject({ status: 'CANCELLED', reason: 'payment_declined' });
    const due = { amount: 250, currency: 'EUR' };
    expect(lines).toContainEqual(
      expect.objectContaining({ message: 'order wrongly paid', orderId: id, due, captured }),
    );
    expect(lines).toContainEqual(expect.objectContaining({ service: 'orders', wronglyPaid: 1 }));
  } finally {
    await simulation.stop();
  }
}, 120_000);
