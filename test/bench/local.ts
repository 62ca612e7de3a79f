import { createSocket } from 'node:dgram';
import { rm } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { startEngine } from '@archipelago/local/testing';
import { synthesize } from '../support/synthesized.ts';
import { type Running, type RunningSystem, startBaseline, startSystem } from './contestants.ts';
import { baselineName, copyTables } from './copied-tables.ts';
import { type Call, latencies, median, percentile, throughput } from './load.ts';
import { memoryOfTree } from './memory.ts';
import { environmentOf, withoutThrottle } from './templates.ts';

/**
 * `npm run bench:local`: the local runtime against node:http that calls the same handler in process, on the same engine,
 * in the same run. Only ratios mean anything on a shared machine. Exits with 1 when a bar is missed.
 */
const PREFIX = 'archipelago-dev';
const ROUNDS = 5;
const CONNECTIONS = 16;
const SKU = 'bench';
/** Longer than a message is hidden whose consumer ran out of time, as it may on a busy machine. */
const SETTLED_WITHIN_MS = 300_000;
/** Longer than an idle environment is kept. */
const IDLE_MS = 75_000;

const BARS = { p50: 1.5, throughput: 0.7, idleMb: 400 };

interface Contest {
  readonly name: string;
  readonly calls: { readonly one: number; readonly many: number };
  readonly system: () => Call;
  readonly baseline: () => Call;
  /** Between rounds: lets work that the calls caused come to an end. */
  readonly settle: () => Promise<unknown>;
}

interface Ratios {
  readonly p50: number;
  readonly throughput: number;
}

const run = async ({ name, calls, system, baseline, settle }: Contest): Promise<Ratios> => {
  const ratios: { p50: number; throughput: number }[] = [];
  for (const call of [system, baseline]) await latencies(calls.one, call);
  await settle();
  for (let round = 0; round < ROUNDS; round += 1) {
    const ours = await latencies(calls.one, system);
    await settle();
    const theirs = await latencies(calls.one, baseline);
    const ourRate = await throughput(calls.many, CONNECTIONS, system);
    await settle();
    const theirRate = await throughput(calls.many, CONNECTIONS, baseline);
    const [a, b] = [median(ours), median(theirs)];
    ratios.push({ p50: a / b, throughput: ourRate / theirRate });
    console.log(
      `${name}  p50 ${a.toFixed(2)} / ${b.toFixed(2)} ms = ${(a / b).toFixed(2)} ×   p99 ${percentile(ours, 0.99).toFixed(1)} / ${percentile(theirs, 0.99).toFixed(1)} ms   ` +
        `${CONNECTIONS} connections ${ourRate.toFixed(0)} / ${theirRate.toFixed(0)} requests/s = ${(ourRate / theirRate).toFixed(2)} ×`,
    );
  }
  return {
    p50: median(ratios.map((each) => each.p50)),
    throughput: median(ratios.map((each) => each.throughput)),
  };
};

const baselineEnvironment = async (assembly: string, name: string, endpoint: string, tables: readonly string[]) => {
  const variables = await environmentOf(assembly, `${PREFIX}-${name}`);
  const renamed = Object.entries(variables).map(([key, value]) => [
    key,
    tables.includes(value) ? baselineName(value) : value,
  ]);
  return {
    ...Object.fromEntries(renamed),
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'bench',
    AWS_SECRET_ACCESS_KEY: 'bench',
    AWS_LAMBDA_FUNCTION_NAME: name,
    AWS_ENDPOINT_URL_DYNAMODB: endpoint,
    AWS_XRAY_DAEMON_ADDRESS: `127.0.0.1:${daemon.address().port}`,
  };
};

const seed = async (system: RunningSystem): Promise<string> => {
  const { accessToken } = await system.control('/control/token', { sub: SKU, groups: ['admin'] });
  const headers = { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' };
  const product = { name: 'Bench', price: { amount: 100, currency: 'EUR' } };
  await fetch(`${system.url}/products/${SKU}`, { method: 'PUT', headers, body: JSON.stringify(product) });
  const stock = JSON.stringify({ delta: 1_000_000 });
  const once = { ...headers, 'idempotency-key': 'bench' };
  await fetch(`${system.url}/products/${SKU}/stock`, { method: 'POST', headers: once, body: stock });
  await system.control('/control/quiesce', { timeoutMs: 10_000 });
  return String(accessToken);
};

const measureIdle = async (assembly: string): Promise<{ readonly fresh: number; readonly used: number }> => {
  const system = await startSystem(assembly, {});
  try {
    const fresh = memoryOfTree(system.pid);
    await seed(system);
    await throughput(2_000, CONNECTIONS, () => ({ url: `${system.url}/products/${SKU}`, expect: 200 }));
    await pause(IDLE_MS);
    return { fresh, used: memoryOfTree(system.pid) };
  } finally {
    await system.stop();
  }
};

const measure = async (assembly: string, endpoint: string, opened: Running[]) => {
  const system = await startSystem(assembly, { DYNAMODB_ENDPOINT: endpoint });
  opened.push(system);
  const token = await seed(system);
  const tables = await copyTables(endpoint);
  const catalog = await startBaseline(
    {
      '^/products/(?<sku>[^/]+)$': 'build/catalog.get-product/index.js',
      '^/internal/': 'build/catalog.internal-api/index.js',
    },
    await baselineEnvironment(assembly, 'catalog-get-product', endpoint, tables),
  );
  opened.push(catalog);
  const orders = await startBaseline(
    { '^/orders$': 'build/orders.place-order/index.js' },
    {
      ...(await baselineEnvironment(assembly, 'orders-place-order', endpoint, tables)),
      AWS_ENDPOINT_URL: catalog.url,
      AWS_ENDPOINT_URL_SERVICEDISCOVERY: catalog.url,
    },
  );
  opened.push(orders);

  const get = (base: string): Call => ({ url: `${base}/products/${SKU}`, expect: 200 });
  let placed = 0;
  const post = (base: string): Call => {
    placed += 1;
    return {
      url: `${base}/orders`,
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        'idempotency-key': `bench-${placed}`,
      },
      body: JSON.stringify({ items: [{ sku: SKU, quantity: 1 }], paymentToken: 'tok_ok' }),
      expect: 202,
    };
  };
  const settle = () => system.control('/control/quiesce', { timeoutMs: SETTLED_WITHIN_MS });
  const reads = await run({
    name: 'GET  /products/{sku}',
    calls: { one: 500, many: 3_000 },
    system: () => get(system.url),
    baseline: () => get(catalog.url),
    settle: () => Promise.resolve(),
  });
  const writes = await run({
    name: 'POST /orders        ',
    calls: { one: 40, many: 100 },
    system: () => post(system.url),
    baseline: () => post(orders.url),
    settle,
  });
  return { reads, writes };
};

const verdict = (what: string, value: number, bar: number, holds: boolean): boolean => {
  console.log(`${holds ? 'met   ' : 'MISSED'}  ${what}: ${value.toFixed(2)} (bar ${bar})`);
  return holds;
};

const assembly = await withoutThrottle(await synthesize('dev'));
const daemon = createSocket('udp4');
await new Promise<void>((bound) => daemon.bind(0, '127.0.0.1', bound));
const engine = await startEngine();
const opened: Running[] = [];
try {
  const { reads, writes } = await measure(assembly, engine.endpoint, opened);
  for (const each of opened.splice(0)) await each.stop();
  const idle = await measureIdle(assembly);
  console.log(`POST /orders (no bar): p50 ${writes.p50.toFixed(2)} ×, throughput ${writes.throughput.toFixed(2)} ×`);
  console.log(`memory of the whole system at the start: ${idle.fresh.toFixed(0)} MB`);
  const met = [
    verdict('GET p50, times the baseline', reads.p50, BARS.p50, reads.p50 <= BARS.p50),
    verdict(
      'GET throughput, times the baseline',
      reads.throughput,
      BARS.throughput,
      reads.throughput >= BARS.throughput,
    ),
    verdict('idle memory, MB', idle.used, BARS.idleMb, idle.used <= BARS.idleMb),
  ];
  process.exitCode = met.every(Boolean) ? 0 : 1;
} finally {
  for (const each of opened) await each.stop();
  await engine.stop();
  daemon.close();
  await rm(assembly, { recursive: true, force: true });
}
