import type { Client, Request } from '../actors.ts';
import { sendTo } from '../queue-desk.ts';
import type { Scenario, Stage } from '../stage.ts';
import { shop } from './orders.ts';

const KEY = { key: 'secret-key-of-a-mistake' };
const place = (body: object): Request => ({ method: 'POST', path: '/orders', body, ...KEY });
const item = (sku: string, quantity: unknown) => ({ items: [{ sku, quantity }], paymentToken: 'tok_ok' });

/** Wrong whatever the state of the system. */
const MISTAKES: readonly Request[] = [
  place({}),
  place({ items: [], paymentToken: 'tok_ok' }),
  place(item('pen', 0)),
  place(item('pen', -1)),
  place(item('pen', 1.5)),
  place(item('pen', '1')),
  place(item('pen', 1e308)),
  place(item('pen', 2 ** 53 + 1)),
  place(item('nothing-of-the-kind', 1)),
  place({ ...item('pen', 1), paymentToken: 'a b' }),
  place({ ...item('pen', 1), total: 1 }),
  { method: 'POST', path: '/orders', body: item('pen', 1) },
  { method: 'GET', path: '/orders?limit=101' },
  { method: 'GET', path: '/orders?cursor=x' },
  { method: 'GET', path: '/orders/not-an-id' },
  { method: 'POST', path: '/orders/00000000000000000000000000/cancel', ifMatch: '"1"' },
  { method: 'POST', path: '/orders/00000000000000000000000000/cancel', ifMatch: 'W/"1"' },
  { method: 'PUT', path: '/products/pen', body: { name: 'pen', price: { amount: 1, currency: 'EUR' } } },
  { method: 'DELETE', path: '/orders' },
  { method: 'GET', path: '/nothing/of/the/kind' },
  { method: 'DELETE', path: '/users/staff' },
];

const err = async ({ simulation, between, oneOf }: Stage, { send }: Client): Promise<void> => {
  for (let count = between(4, 8); count > 0; count -= 1) {
    await send({ ...oneOf(MISTAKES), mistake: true });
    await simulation.sleep(between(0, 500));
  }
};

/** No consumer can read them: no JSON, no message, a type that nothing knows, one without its data. */
const POISON = ['{no json', '"text"', '{"type":"Nothing.v1","metadata":{},"data":{}}', '{"type":"ReserveStock.v1"}'];
const QUEUES = [
  'catalog-reserve-stock',
  'payments-capture-payment',
  'orders-fulfil-events',
  'notifications-notify-events',
];

const poison = async (stage: Stage): Promise<void> => {
  const bodies = POISON.map((body) => body.replace(/^(.)/, `$1 ${' '.repeat(stage.between(0, 3))}`));
  for (const body of bodies) {
    await stage.simulation.sleep(stage.between(0, 2_000));
    await sendTo(stage, stage.oneOf(QUEUES), body);
    stage.poison.push(body);
  }
};

export const edges: readonly Scenario[] = [
  {
    name: 'mistakes',
    about: 'requests that are wrong, between those that are right',
    play: async (stage) => {
      await stage.sell('pen', 100);
      await Promise.all(
        stage.customers.flatMap((client) => [shop(stage, client, 'tok_ok', ['pen']), err(stage, client)]),
      );
    },
  },
  {
    name: 'poison',
    about: 'messages that cannot be read, in the queues of orders',
    play: async (stage) => {
      await stage.sell('pen', 100);
      await Promise.all([poison(stage), ...stage.customers.map((client) => shop(stage, client, 'tok_ok', ['pen']))]);
    },
  },
];
