import type { Disturbance, Simulation } from '@archipelago/local/simulation';
import { type Answered, type Client, createClient, type Records, SECRET_KEY } from './actors.ts';
import { machineIn, personIn } from './authorize.ts';
import type { Drops } from './campaign/drops.ts';
import type { Faults } from './faults.ts';
import { type Claim, isFinal, type SentMessage } from './history.ts';

/** Looks at the end, when all has settled. */
export type Check = (messages: readonly SentMessage[]) => Promise<readonly Claim[]>;

/** What a scenario plays on. */
export interface Stage {
  readonly simulation: Simulation;
  readonly faults: Faults;
  readonly records: Records;
  /** Uniform in [0, 1), by the seed. */
  readonly chance: () => number;
  readonly staff: Client;
  readonly customers: readonly Client[];
  /** What the instances of services are. */
  readonly machine: Client;
  /** Bodies of messages that no consumer can read, sent by the scenario. */
  readonly poison: string[];
  readonly products: Map<string, { supplied: number; readonly available: number[] }>;
  /** A whole number, both ends included. */
  between(least: number, most: number): number;
  oneOf<T>(list: readonly T[]): T;
  /** Adds to what is looked at when all has settled. */
  expect(check: Check): void;
  readonly checks: readonly Check[];
  /** Puts a product on sale. */
  sell(sku: string, supplied: number): Promise<void>;
}

export interface Scenario {
  readonly name: string;
  readonly about: string;
  /** Takes more processor time than others: twice as much, and is played a quarter as often, or ten times, and an eighth. */
  readonly costly?: 'rather' | 'very';
  /** What differs from RESTLESS. */
  readonly disturbance?: Partial<Disturbance>;
  readonly play: (stage: Stage) => Promise<void>;
  /** Two releases serve side by side: this one and the one that is given with `--beside`, or else this one twice. */
  readonly twoReleases?: true;
  /** Of functions, in place of those of the assembly. */
  readonly variables?: Readonly<Record<string, string>>;
  /** An order may end because its patience does. */
  readonly endsPatience?: true;
}

const NOT_SENT: Answered = { outcome: 'fail', status: 0, body: '', etag: undefined };

const CUSTOMERS = ['ada', 'ben', 'cy'];

const insist = async (simulation: Simulation, send: () => Promise<{ readonly outcome: string }>): Promise<void> => {
  for (;;) {
    if ((await send()).outcome === 'ok') return;
    await simulation.sleep(1_000);
  }
};

/** What is dropped of a customer's acts does not take place: nothing is sent. */
const dropping = (client: Client, drops: Drops): Client => ({
  ...client,
  order: async (...given) => (drops.keeps('order') ? client.order(...given) : undefined),
  cancel: async (order) => (drops.keeps('cancel') ? client.cancel(order) : NOT_SENT),
  erase: async () => (drops.keeps('erase') ? client.erase() : NOT_SENT),
});

export const createStage = async (
  simulation: Simulation,
  faults: Faults,
  chance: () => number,
  drops: Drops,
): Promise<Stage> => {
  const records: Records = { calls: [], orders: new Map() };
  const client = (name: string, groups?: readonly string[]) =>
    createClient(simulation, records, name, personIn(simulation, name, groups));
  const machine = createClient(simulation, records, 'machine', machineIn(simulation, 'instances'));
  const staff = client('staff', ['admin']);
  const customers = CUSTOMERS.map((name) => dropping(client(name), drops));
  const products: Stage['products'] = new Map();
  const checks: Check[] = [];
  const between = (least: number, most: number) => least + Math.floor(chance() * (most - least + 1));
  // The first minute is for the services to register themselves.
  await simulation.sleep(60_000);
  for (const { name, send } of customers) {
    const body = { email: `${name}@example.com`, name };
    await send({ method: 'POST', path: '/users', body });
  }
  return {
    simulation,
    faults,
    records,
    chance,
    staff,
    customers,
    machine,
    poison: [],
    products,
    checks,
    expect: (check) => void checks.push(check),
    between,
    oneOf: (list) => {
      const chosen = list[between(0, list.length - 1)];
      if (chosen === undefined) throw new Error('there is nothing to choose from');
      return chosen;
    },
    sell: async (sku, supplied) => {
      const price = { amount: between(1, 50) * 100, currency: 'EUR' };
      await insist(simulation, () =>
        staff.send({ method: 'PUT', path: `/products/${sku}`, body: { name: sku, price } }),
      );
      // Not repeated: releases before the key was required would add twice.
      const stock = { method: 'POST', path: `/products/${sku}/stock`, body: { delta: supplied } };
      await staff.send({ ...stock, key: `${SECRET_KEY}-of-${sku}` });
      products.set(sku, { supplied, available: [] });
    },
  };
};

/** Looks at every product, for orders that no client knows yet, and at every order that is still open. */
export const lookAround = async ({ staff, customers, records, products }: Stage): Promise<void> => {
  for (const [sku, { available }] of products) {
    const { outcome, body } = await staff.send({ method: 'GET', path: `/products/${sku}` });
    if (outcome === 'ok') available.push(Number(JSON.parse(body).available));
  }
  // A list is behind for some seconds: what a customer looked for in it before may be missing.
  for (const { find } of customers) await find();
  for (const order of records.orders.values()) {
    if (isFinal(order.sightings.at(-1)?.status ?? '')) continue;
    await customers.find(({ name }) => name === order.owner)?.look(order);
  }
};
