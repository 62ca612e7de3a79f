import { type Simulation, startSimulation } from '@archipelago/local/simulation';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { synthesize } from '../support/synthesized.ts';
import { tableStacks } from '../support/table-stacks.ts';

/** Its leases change as time goes by. */
const REGISTRY = 'archipelago-dev-registry';
const ARCHIVE = 'arn:aws:events:us-east-1:000000000000:archive/archipelago-dev';
const BUS = 'arn:aws:events:us-east-1:000000000000:event-bus/archipelago-dev';

let assemblyFolder = '';
beforeAll(async () => {
  assemblyFolder = await synthesize('dev');
}, 240_000);

const clientOf = async (simulation: Simulation, sub: string, groups: readonly string[] = []) => {
  const authorization = `Bearer ${await simulation.token({ sub, groups })}`;
  return async (method: string, url: string, body?: object, key?: string) => {
    const { status, body: text } = await simulation.request({
      method,
      url,
      headers: { authorization, 'content-type': 'application/json', ...(key && { 'idempotency-key': key }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    if (status >= 300) throw new Error(`${method} ${url} answered ${status}: ${text}`);
  };
};

/** Two orders that are confirmed, one that is declined, one that is out of stock; one of the customers is erased. */
const playStory = async (simulation: Simulation): Promise<void> => {
  const [admin, ada, ben] = [
    await clientOf(simulation, 'admin', ['admin']),
    await clientOf(simulation, 'ada'),
    await clientOf(simulation, 'ben'),
  ];
  await simulation.sleep(60_000);
  await admin('PUT', '/products/pen', { name: 'Pen', price: { amount: 250, currency: 'EUR' } });
  await admin('POST', '/products/pen/stock', { delta: 5 }, 'five-pens');
  await ada('POST', '/users', { email: 'ada@example.com', name: 'Ada' });
  await ben('POST', '/users', { email: 'ben@example.com', name: 'Ben' });
  const order = (quantity: number, paymentToken = 'tok_ok') => ({ items: [{ sku: 'pen', quantity }], paymentToken });
  await ada('POST', '/orders', order(1), 'adas-first');
  await ben('POST', '/orders', order(1), 'bens-first');
  await ben('POST', '/orders', order(1, 'tok_declined'), 'bens-second');
  await ben('POST', '/orders', order(9), 'bens-third');
  await simulation.runUntilQuiet({ maxVirtualMs: 600_000 });
  await ada('DELETE', '/users/ada');
  // Longer than the first wait of an order: what its timers still do is done then.
  await simulation.sleep(300_000);
  await simulation.runUntilQuiet({ maxVirtualMs: 600_000 });
};

/** Every row of every service, and how often the provider was asked to charge or refund. */
const remains = async (simulation: Simulation) => {
  const { controlUrl, controlToken } = simulation.runtime;
  const headers = { authorization: `Bearer ${controlToken}` };
  const read = async (path: string): Promise<string> =>
    (await simulation.request({ method: 'GET', url: `${controlUrl}/control/${path}`, headers })).body;
  const rows: string[] = [];
  for (const stack of tableStacks(await read('resources')).filter((name) => name !== REGISTRY)) {
    const { items }: { readonly items: readonly object[] } = JSON.parse(await read(`tables/${stack}`));
    rows.push(...items.map((item) => `${stack} ${JSON.stringify(item)}`));
  }
  return rows.sort();
};

const replayAll = async (simulation: Simulation, name: string): Promise<number> => {
  const now = simulation.world.clock.now() / 1000;
  const input = {
    ReplayName: name,
    EventSourceArn: ARCHIVE,
    EventStartTime: now - 86_400,
    EventEndTime: now,
    Destination: { Arn: BUS },
  };
  const credential = 'AWS4-HMAC-SHA256 Credential=operator/20261101/us-east-1/events/aws4_request';
  let replayed = 0;
  const stop = simulation.world.journal.subscribe((kind, { envelope }) => {
    if (kind === 'events' && Object(envelope)['replay-name'] === name) replayed += 1;
  });
  const { status, body } = await simulation.request({
    method: 'POST',
    url: simulation.world.endpointUrl(),
    headers: {
      'x-amz-target': 'AWSEvents.StartReplay',
      'content-type': 'application/x-amz-json-1.1',
      authorization: credential,
    },
    body: JSON.stringify(input),
  });
  if (status !== 200) throw new Error(`StartReplay answered ${status}: ${body}`);
  await simulation.runUntilQuiet({ maxVirtualMs: 600_000 });
  stop();
  return replayed;
};

describe('a replay of the whole archive', () => {
  it.each([1, 2])(
    'changes no row, sends no mail and charges nobody, also the second time (seed %d)',
    async (seed) => {
      const simulation = await startSimulation({ assemblyFolder, seed });
      try {
        await playStory(simulation);
        const before = await remains(simulation);
        expect(before.length).toBeGreaterThan(20);
        for (const name of ['again', 'once-more']) {
          expect(await replayAll(simulation, name)).toBeGreaterThan(10);
          expect(await remains(simulation)).toEqual(before);
        }
      } finally {
        await simulation.stop();
      }
    },
    240_000,
  );
});
