import { type Client, SECRET_KEY } from '../actors.ts';
import { contention } from '../faults/call-faults.ts';
import { CHARGE_REFUSED } from '../faults.ts';
import type { Scenario, Stage } from '../stage.ts';

/** What the stand-in of the payment provider knows: two outcomes, and three ways to spoil how the caller learns of it. */
const TOKENS = ['tok_ok', 'tok_ok', 'tok_declined', 'tok_slow', 'tok_error_once', 'tok_lost_reply'];

/** A customer orders, waits a little, looks, and sometimes cancels. */
export const shop = async (stage: Stage, client: Client, token: string, skus: readonly string[]): Promise<void> => {
  const { simulation, chance, between, oneOf } = stage;
  await simulation.sleep(between(0, 5_000));
  const lines = [{ sku: oneOf(skus), quantity: between(1, 3) }];
  const order = await client.order(lines, token);
  if (!order) return;
  await simulation.sleep(between(0, 3_000));
  await client.look(order);
  if (chance() < 0.25) await client.cancel(order);
  await simulation.sleep(between(0, 5_000));
  await client.look(order);
};

/** A request sent twice under one key, at the same time or one after the other. */
const insistTwice = async ({ simulation, between }: Stage, { name, send }: Client, sku: string): Promise<void> => {
  const body = { items: [{ sku, quantity: 1 }], paymentToken: 'tok_ok' };
  const request = { method: 'POST', path: '/orders', body, key: `${name}-${SECRET_KEY}-twice` };
  const first = send(request);
  await simulation.sleep(between(0, 2_000));
  await Promise.all([first, send(request)]);
  await simulation.sleep(between(1_000, 5_000));
  await send(request);
};

export const orders: Scenario = {
  name: 'orders',
  about: 'customers order, cancel and repeat requests; cards are declined, the provider is slow or its reply is lost',
  play: async (stage) => {
    await stage.sell('pen', 100);
    await stage.sell('lamp', 3);
    const skus = ['pen', 'pen', 'lamp'];
    const [first] = stage.customers;
    await Promise.all([
      ...stage.customers.map((client) => shop(stage, client, stage.oneOf(TOKENS), skus)),
      ...stage.customers.map((client) => shop(stage, client, stage.oneOf(TOKENS), skus)),
      ...(first ? [insistTwice(stage, first, 'pen')] : []),
    ]);
    for (const client of stage.customers) await client.find();
  },
};

/** The provider refuses for good, and says so with a status below 500: asked again, it answers the same. */
const REFUSED_TOKENS = ['tok_unknown', 'tok_refused_400', 'tok_refused_402', 'tok_refused_422'];

export const refused: Scenario = {
  name: 'refused',
  about: 'the payment provider refuses a charge for good, without calling it declined',
  play: async (stage) => {
    await stage.sell('pen', 100);
    stage.faults.begin([CHARGE_REFUSED]);
    const buyers = [...stage.customers, ...stage.customers];
    await Promise.all(buyers.map((client) => shop(stage, client, stage.oneOf(REFUSED_TOKENS), ['pen'])));
  },
};

const BUYERS = 9;

/** More buyers than there is stock, all at once. */
const rush = async (stage: Stage): Promise<void> => {
  const buyers = Array.from({ length: BUYERS }, () => stage.oneOf(stage.customers));
  await Promise.all(buyers.map((client) => client.order([{ sku: 'ticket', quantity: 1 }], 'tok_ok')));
};

export const hotProduct: Scenario = {
  name: 'hot-product',
  about: 'nine orders of one product at once, with stock for five',
  play: async (stage) => {
    await stage.sell('ticket', 5);
    await rush(stage);
  },
};

export const contended: Scenario = {
  name: 'contended',
  about: 'the same with stock for all, while for a minute every second transaction conflicts with another one',
  play: async (stage) => {
    await stage.sell('ticket', BUYERS);
    stage.faults.begin([contention(0.5, stage.chance)]);
    await Promise.all([stage.simulation.sleep(60_000), rush(stage)]);
    stage.faults.end();
    for (const client of stage.customers) await client.find();
  },
};
