import { rm } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { synthesize } from '../support/synthesized.ts';
import { type RunningSystem, startSystem } from './contestants.ts';
import { withoutThrottle } from './templates.ts';

/**
 * `npm run bench:crowd [-- BUYERS]`: that many customers buy one product in the same moment, and there is enough for
 * all. Prints how many orders were confirmed in each slice of time from the first confirmation on; exits with 1 unless
 * every order is confirmed, the stock is right and no slice is empty.
 */
const BUYERS = Number(process.argv[2] ?? 200);
const SKU = 'wanted';
const SPARE = 100;
/** Longer than a message that failed once is hidden. */
const SLICE_MS = 20_000;
const SETTLED_WITHIN_MS = 600_000;
const CONNECTIONS = 50;
const PAUSE_MS = 500;

interface Reply {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

type Client = (method: string, path: string, body?: unknown, key?: string) => Promise<Reply>;

const parse = (text: string): Record<string, unknown> => JSON.parse(text);

const clientOf = async (system: RunningSystem, identity: Record<string, unknown>): Promise<Client> => {
  const { accessToken } = await system.control('/control/token', { expiresInSeconds: 7_200, ...identity });
  return async (method, path, body, key) => {
    const response = await fetch(`${system.url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${accessToken}`,
        'content-type': 'application/json',
        ...(key && { 'idempotency-key': key }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: parse(await response.text()) };
  };
};

/** The same request with the same key, until it is accepted. */
const placeAtLast = async (client: Client, key: string): Promise<string> => {
  for (;;) {
    const order = { items: [{ sku: SKU, quantity: 1 }], paymentToken: 'tok_ok' };
    const { status, body } = await client('POST', '/orders', order, key);
    if (status === 202) return String(body.id);
    if (![409, 429, 503].includes(status)) throw new Error(`POST /orders answered ${status} ${JSON.stringify(body)}`);
    await pause(PAUSE_MS);
  }
};

/** When the order was confirmed, in epoch milliseconds; undefined when it was not. */
const confirmedAt = async (client: Client, id: string): Promise<number | undefined> => {
  const { body } = await client('GET', `/orders/${id}/events`);
  const events = Array.isArray(body.items) ? body.items : [];
  const confirmed = events.find(({ type }) => String(type).startsWith('OrderConfirmed'));
  return confirmed && Date.parse(confirmed.occurredAt);
};

const inParallel = async <In, Out>(all: readonly In[], run: (each: In) => Promise<Out>): Promise<readonly Out[]> => {
  const results: Out[] = [];
  const waiting = [...all.entries()];
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) results[next[0]] = await run(next[1]);
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, work));
  return results;
};

const report = (endings: readonly (number | undefined)[], startedMs: number, available: number): boolean => {
  const times = endings.filter((time) => time !== undefined);
  const firstMs = Math.min(...times);
  const sliceOf = (time: number): number => Math.floor((time - firstMs) / SLICE_MS);
  const slices: number[] = Array(sliceOf(Math.max(...times)) + 1).fill(0);
  for (const time of times) slices[sliceOf(time)] = (slices[sliceOf(time)] ?? 0) + 1;
  console.log(`the first was confirmed after ${((firstMs - startedMs) / 1000).toFixed(1)} s`);
  console.log(`confirmed in slices of ${SLICE_MS / 1000} s: ${slices.join(' ')}`);
  console.log(`confirmed ${times.length} of ${BUYERS}; left in stock ${available} of ${SPARE}`);
  return times.length === BUYERS && available === SPARE && slices.every((count) => count > 0);
};

const assembly = await withoutThrottle(await synthesize('dev'));
const system = await startSystem(assembly, {});
try {
  const admin = await clientOf(system, { sub: 'an-admin', groups: ['admin'] });
  await admin('PUT', `/products/${SKU}`, { name: 'Wanted', price: { amount: 100, currency: 'EUR' } });
  await admin('POST', `/products/${SKU}/stock`, { delta: BUYERS + SPARE }, 'stock');
  const buyers = await inParallel([...Array(BUYERS).keys()], (n) => clientOf(system, { sub: `buyer-${n}` }));
  const startedMs = Date.now();
  const placed = await Promise.all(
    buyers.map(async (client, n) => ({ client, id: await placeAtLast(client, `key-${n}`) })),
  );
  console.log(`all ${BUYERS} orders were accepted after ${((Date.now() - startedMs) / 1000).toFixed(1)} s`);
  await system.control('/control/quiesce', { timeoutMs: SETTLED_WITHIN_MS });
  const endings = await inParallel(placed, ({ client, id }) => confirmedAt(client, id));
  const { body } = await admin('GET', `/products/${SKU}`);
  process.exitCode = report(endings, startedMs, Number(body.available)) ? 0 : 1;
} finally {
  await system.stop();
  await rm(assembly, { recursive: true, force: true });
}
