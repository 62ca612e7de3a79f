import { rm } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { synthesize } from '../support/synthesized.ts';
import { type RunningSystem, startSystem } from './contestants.ts';
import { median } from './load.ts';
import { memoryOfTree, processorOfTree } from './memory.ts';
import { withoutThrottle } from './templates.ts';

/**
 * `npm run bench:growth`: what an order costs one running system, batch after batch, in processor time, and how much memory
 * all its processes hold while clients order without pause. Exits with 1 when a bar is missed. Linux only.
 */
const BATCHES = 10;
const ORDERS = 150;
const CLIENTS = 4;
const PRODUCTS = 20;
const BARS = { growth: 1.15, megabytes: 800 };
const PAUSE_MS = 500;
const SAMPLE_MS = 1_000;
/** An order that is open for as long would be counted with the next batch. */
const QUIET_WITHIN_MS = 300_000;

interface Run {
  readonly msPerOrder: readonly number[];
  readonly mostMegabytes: number;
}

const skuOf = (number: number): string => `growth-${number % PRODUCTS}`;

const stockUp = async (system: RunningSystem): Promise<string> => {
  const { accessToken } = await system.control('/control/token', {
    sub: 'growth',
    groups: ['admin'],
    expiresInSeconds: 7_200,
  });
  const headers = { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' };
  for (let number = 0; number < PRODUCTS; number += 1) {
    const product = { name: 'Growth', price: { amount: 100, currency: 'EUR' } };
    const url = `${system.url}/products/${skuOf(number)}`;
    await fetch(url, { method: 'PUT', headers, body: JSON.stringify(product) });
    const stocking = { ...headers, 'idempotency-key': `stock-${number}` };
    await fetch(`${url}/stock`, { method: 'POST', headers: stocking, body: JSON.stringify({ delta: 1_000_000 }) });
  }
  return String(accessToken);
};

const customersOf = (system: RunningSystem): Promise<readonly string[]> =>
  Promise.all(
    Array.from({ length: CLIENTS }, async (_, number) => {
      const { accessToken } = await system.control('/control/token', {
        sub: `customer-${number}`,
        expiresInSeconds: 7_200,
      });
      return String(accessToken);
    }),
  );

/** The same request with the same key until it is accepted: on a busy machine a function may run out of time. */
const placeAtLast = async (system: RunningSystem, token: string, number: number): Promise<void> => {
  for (;;) {
    const { status } = await fetch(`${system.url}/orders`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        'idempotency-key': `growth-${number}`,
      },
      body: JSON.stringify({ items: [{ sku: skuOf(number), quantity: 1 }], paymentToken: 'tok_ok' }),
    });
    if (status === 202) return;
    if (![409, 429, 500, 503].includes(status)) throw new Error(`POST /orders answered ${status}`);
    await pause(PAUSE_MS);
  }
};

const placeBatch = async (system: RunningSystem, tokens: readonly string[], batch: number): Promise<void> => {
  let placed = batch * ORDERS;
  const last = placed + ORDERS;
  const order = async (token: string): Promise<void> => {
    while (placed < last) {
      placed += 1;
      await placeAtLast(system, token, placed);
    }
  };
  await Promise.all(tokens.map(order));
};

const run = async (assembly: string, batches: number): Promise<Run> => {
  const system = await startSystem(assembly, {});
  const quiet = () => system.control('/control/quiesce', { timeoutMs: QUIET_WITHIN_MS });
  let mostMegabytes = 0;
  const sampling = setInterval(() => {
    mostMegabytes = Math.max(mostMegabytes, memoryOfTree(system.pid));
  }, SAMPLE_MS);
  try {
    await stockUp(system);
    const tokens = await customersOf(system);
    await quiet();
    const msPerOrder: number[] = [];
    for (let batch = 0; batch < batches; batch += 1) {
      const before = processorOfTree(system.pid);
      await placeBatch(system, tokens, batch);
      await quiet();
      msPerOrder.push((processorOfTree(system.pid) - before) / ORDERS);
      console.log(
        `  batch ${batch + 1}: ${msPerOrder.at(-1)?.toFixed(0)} ms an order, at most ${mostMegabytes.toFixed(0)} MB`,
      );
    }
    return { msPerOrder, mostMegabytes };
  } finally {
    clearInterval(sampling);
    await system.stop();
  }
};

const growthOf = ({ msPerOrder }: Run): number => (msPerOrder.at(-1) ?? 0) / (msPerOrder[1] ?? 1);

const { values } = parseArgs({
  options: { runs: { type: 'string', default: '3' }, batches: { type: 'string', default: String(BATCHES) } },
});
const assembly = await withoutThrottle(await synthesize('dev'));
try {
  const runs: Run[] = [];
  for (let number = 1; number <= Number(values.runs); number += 1) {
    console.log(`run ${number}: ${values.batches} batches of ${ORDERS} orders, ${CLIENTS} clients`);
    runs.push(await run(assembly, Number(values.batches)));
  }
  const growth = median(runs.map(growthOf));
  const megabytes = Math.max(...runs.map(({ mostMegabytes }) => mostMegabytes));
  console.log(
    `${growth <= BARS.growth ? 'met   ' : 'MISSED'}  last batch to second, median: ${growth.toFixed(2)} (bar ${BARS.growth})`,
  );
  console.log(
    `${megabytes <= BARS.megabytes ? 'met   ' : 'MISSED'}  memory while ordering, MB: ${megabytes.toFixed(0)} (bar ${BARS.megabytes})`,
  );
  process.exitCode = growth <= BARS.growth && megabytes <= BARS.megabytes ? 0 : 1;
} finally {
  await rm(assembly, { recursive: true, force: true });
}
