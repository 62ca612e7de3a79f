import { rm } from 'node:fs/promises';
import { synthesize } from '../support/synthesized.ts';
import { type RunningSystem, startSystem } from './contestants.ts';
import { type Call, median, throughput } from './load.ts';
import { processorOfTree } from './memory.ts';
import { withoutThrottle } from './templates.ts';

/**
 * `npm run bench:permissions`: the processor time of a GET with permissions enforced and without, two systems on the same
 * assembly asked in turn. Exits with 1 when enforcing costs more than its bar.
 */
const ROUNDS = 9;
const CALLS = 2_000;
/** So few that one or two environments of the function answer them all. */
const CONNECTIONS = 2;
const SKU = 'bench';
const BAR = 1.1;

const get = ({ url }: RunningSystem): Call => ({ url: `${url}/products/${SKU}`, expect: 200 });

const makeProduct = async (system: RunningSystem): Promise<void> => {
  const { accessToken } = await system.control('/control/token', { sub: SKU, groups: ['admin'] });
  const headers = { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' };
  const body = JSON.stringify({ name: 'Bench', price: { amount: 100, currency: 'EUR' } });
  const { status } = await fetch(`${system.url}/products/${SKU}`, { method: 'PUT', headers, body });
  if (status >= 300) throw new Error(`the product could not be made: ${status}`);
  await system.control('/control/quiesce', { timeoutMs: 30_000 });
};

/** Milliseconds of processor for one GET, the engine's included. */
const costOf = async (system: RunningSystem): Promise<number> => {
  const before = processorOfTree(system.pid);
  await throughput(CALLS, CONNECTIONS, () => get(system));
  return (processorOfTree(system.pid) - before) / CALLS;
};

const compare = async (enforced: RunningSystem, open: RunningSystem): Promise<number> => {
  const ratios: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const costs = new Map<RunningSystem, number>();
    // Which one is first changes, as what the machine does beside changes too.
    for (const system of round % 2 === 0 ? [enforced, open] : [open, enforced]) costs.set(system, await costOf(system));
    const [a, b] = [costs.get(enforced) ?? Number.NaN, costs.get(open) ?? Number.NaN];
    ratios.push(a / b);
    console.log(`enforced ${a.toFixed(3)} ms, not enforced ${b.toFixed(3)} ms = ${(a / b).toFixed(3)} ×`);
  }
  return median(ratios);
};

const assembly = await withoutThrottle(await synthesize('dev'));
const started: RunningSystem[] = [];
try {
  const enforced = await startSystem(assembly, {});
  started.push(enforced);
  const open = await startSystem(assembly, {}, ['--no-iam']);
  started.push(open);
  for (const system of started) {
    await makeProduct(system);
    await costOf(system);
  }
  const ratio = await compare(enforced, open);
  console.log(
    `${ratio <= BAR ? 'met   ' : 'MISSED'}  a GET with permissions enforced: ${ratio.toFixed(3)} × (bar ${BAR})`,
  );
  process.exitCode = ratio <= BAR ? 0 : 1;
} finally {
  for (const system of started) await system.stop();
  await rm(assembly, { recursive: true, force: true });
}
