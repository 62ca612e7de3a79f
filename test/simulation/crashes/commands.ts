import type { Known } from '../actors.ts';
import { type Fault, providerAway } from '../faults.ts';
import { isFinal } from '../history.ts';
import type { Stage } from '../stage.ts';
import { deregister, heartbeat, register, sweep } from './registry-commands.ts';

/** What is done while a call meets its fault, and what goes on meanwhile. */
export interface Deed {
  /** Insists until its outcome is known. */
  readonly act: () => Promise<unknown>;
  /** Faults that are on besides, and stay on until what comes afterwards is over. */
  readonly besides?: readonly Fault[];
  /** What clients do when calls meet no fault any more, and what must be so at the end. */
  readonly afterwards?: () => Promise<void>;
}

/** One thing that the system does, from its request to its last effect. */
export interface Command {
  readonly name: string;
  readonly about: string;
  /** Enough virtual time for all of it. */
  readonly takesMs: number;
  /** Of functions, in place of those of the assembly. */
  readonly variables?: Readonly<Record<string, string>>;
  /** An order may end because its patience does. */
  readonly endsPatience?: true;
  /** Brings the system there, without faults. */
  readonly prepare: (stage: Stage) => Promise<Deed>;
}

const ONE_PEN = [{ sku: 'pen', quantity: 1 }];

const customerOf = ({ customers: [ada] }: Stage) => {
  if (!ada) throw new Error('a stage has customers');
  return ada;
};

const place = (name: string, about: string, paymentToken: string): Command => ({
  name,
  about,
  takesMs: 15_000,
  prepare: async (stage) => {
    await stage.sell('pen', 10);
    const ada = customerOf(stage);
    return {
      act: () => ada.order(ONE_PEN, paymentToken),
      afterwards: async () => void (await ada.find()),
    };
  },
});

/** An order that holds its stock and waits for its payment, because the provider is away. */
const openOrder = async (stage: Stage): Promise<Known> => {
  await stage.sell('pen', 10);
  stage.faults.begin([providerAway('seconds')]);
  const order = await customerOf(stage).order(ONE_PEN, 'tok_ok');
  if (!order) throw new Error('without faults an order is accepted');
  await stage.simulation.sleep(15_000);
  return order;
};

/** As long as a message whose consumer ended may stay away: the provider is back only then, so that it cannot be faster. */
const DELAYED_MS = 300_000;

const statusOf = ({ sightings }: Known): string => sightings.at(-1)?.status ?? 'unknown';

const ATTEMPTS = 10;

/** Looks and cancels again until one of them says how it stands. */
const cancelForSure = async (stage: Stage, order: Known): Promise<void> => {
  const ada = customerOf(stage);
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const { outcome } = await ada.cancel(order);
    if (outcome === 'ok') {
      stage.expect(async () => [{ subject: order.id, expected: 'CANCELLED', seen: statusOf(order) }]);
      return;
    }
    if (isFinal(statusOf(await ada.look(order)))) return;
    await stage.simulation.sleep(2_000);
  }
};

const cancel: Command = {
  name: 'cancel',
  about: 'a customer cancels an order whose payment is under way',
  takesMs: 15_000,
  prepare: async (stage) => {
    const order = await openOrder(stage);
    return { act: () => cancelForSure(stage, order) };
  },
};

const timeout: Command = {
  name: 'timeout',
  about: 'an order is given up when its patience ends',
  takesMs: 75_000,
  // The second reminder comes after 180 s: it finds the order out of patience.
  variables: { PATIENCE_SECONDS: '100' },
  endsPatience: true,
  prepare: async (stage) => {
    const order = await openOrder(stage);
    await stage.simulation.sleep(125_000);
    return {
      act: async () => undefined,
      besides: [providerAway('seconds')],
      afterwards: async () => {
        await stage.simulation.sleep(DELAYED_MS);
        const seen = statusOf(await customerOf(stage).look(order));
        stage.expect(async () => [{ subject: order.id, expected: 'CANCELLING', seen }]);
      },
    };
  },
};

const erase: Command = {
  name: 'erase',
  about: 'a user is erased while an order of theirs is open',
  takesMs: 20_000,
  prepare: async (stage) => {
    const order = await openOrder(stage);
    const ada = customerOf(stage);
    const path = `/users/${ada.name}`;
    return {
      act: () => ada.insist({ method: 'DELETE', path }),
      besides: [providerAway('seconds')],
      afterwards: async () => {
        // The request is repeated by whoever was not answered; that the user is gone already is as good.
        await ada.insist({ method: 'DELETE', path });
        await stage.simulation.sleep(DELAYED_MS);
        stage.expect(async () => {
          const { status } = await ada.send({ method: 'GET', path });
          return [
            { subject: path, expected: '404', seen: String(status) },
            { subject: order.id, expected: 'CANCELLED', seen: statusOf(order) },
          ];
        });
      },
    };
  },
};

const stock: Command = {
  name: 'stock',
  about: 'staff add to the stock of a product',
  takesMs: 10_000,
  prepare: async (stage) => {
    await stage.sell('pen', 10);
    const change = { method: 'POST', path: '/products/pen/stock', body: { delta: 5 }, key: 'five-more' };
    return {
      act: () => stage.staff.insist(change),
      afterwards: async () => {
        await stage.staff.insist(change);
        const pen = stage.products.get('pen');
        if (pen) pen.supplied += 5;
      },
    };
  },
};

export const COMMANDS: readonly Command[] = [
  place('place', 'an order, from its request to its notification', 'tok_ok'),
  place('decline', 'an order whose card is declined', 'tok_declined'),
  cancel,
  timeout,
  erase,
  stock,
  register,
  heartbeat,
  sweep,
  deregister,
];
