import { type Client, type Known, SECRET_KEY } from './actors.ts';
import type { Claim, History, OrderSeen, PastEvent, QueueSeen } from './history.ts';
import type { Observer } from './observer.ts';
import type { Stage } from './stage.ts';

const itemsOf = <T>(body: string): readonly T[] => JSON.parse(body).items ?? [];

/** A ULID that nothing has. */
const MISSING = '00000000000000000000000000';

/** What a problem says besides which request it was. */
const withoutRequest = (status: number, body: string, id: string): string => {
  const { instance: _, correlationId: __, ...rest } = JSON.parse(body || '{}');
  return `${status} ${JSON.stringify(rest).replaceAll(id, '<id>')}`;
};

/** The same for the same content, in whatever order it was written. */
const canonical = (value: object): string =>
  JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );

interface Listed {
  readonly id: string;
}

/** Everything in the lists of all customers. */
const listAll = async ({ customers }: Stage): Promise<readonly Listed[]> => {
  const all: Listed[] = [];
  for (const { send } of customers) {
    for (let next: string | undefined = ''; next !== undefined; ) {
      const { body } = await send({ method: 'GET', path: `/orders?limit=100${next && `&cursor=${next}`}` });
      all.push(...itemsOf<Listed>(body));
      next = JSON.parse(body).next;
    }
  }
  return all;
};

/**
 * Whether the lists have caught up with what the orders themselves show, and show none that is not known; an order is asked
 * for again when it seems to differ.
 */
export const listsAgree = async (stage: Stage): Promise<boolean> => {
  const listed = new Map((await listAll(stage)).map((item) => [item.id, canonical(item)]));
  const { orders } = stage.records;
  if ([...listed.keys()].some((id) => !orders.has(id))) return false;
  for (const { id, owner, shown } of orders.values()) {
    if (listed.get(id) === canonical(JSON.parse(shown))) continue;
    const { body } = await ownerOf(stage, owner).send({ method: 'GET', path: `/orders/${id}` });
    if (listed.get(id) !== canonical(JSON.parse(body))) return false;
  }
  return true;
};

const ownerOf = ({ customers }: Stage, name: string): Client => {
  const owner = customers.find((client) => client.name === name);
  if (!owner) throw new Error(`there is no customer ${name}`);
  return owner;
};

/** What a client is answered that asks for an order. */
const answerTo = async ({ send }: Client, id: string): Promise<string> => {
  const { status, body } = await send({ method: 'GET', path: `/orders/${id}` });
  return withoutRequest(status, body, id);
};

/** Asked of each client once. */
const createMissing = () => {
  const answers = new Map<Client, string>();
  return async (client: Client): Promise<string> => {
    const answer = answers.get(client) ?? (await answerTo(client, MISSING));
    answers.set(client, answer);
    return answer;
  };
};

const orderSeen = async (
  stage: Stage,
  known: Known,
  lists: readonly Listed[],
  missing: (client: Client) => Promise<string>,
): Promise<OrderSeen> => {
  const { customers } = stage;
  const owner = ownerOf(stage, known.owner);
  const stranger = customers.find(({ name }) => name !== known.owner);
  if (!stranger) throw new Error('an order needs a stranger');
  const { id, sightings, reason, ...order } = known;
  const events = await owner.send({ method: 'GET', path: `/orders/${id}/events` });
  const notes = await owner.send({ method: 'GET', path: `/notifications?orderId=${id}` });
  const shown = await owner.send({ method: 'GET', path: `/orders/${id}` });
  return {
    ...order,
    id,
    sightings,
    status: sightings.at(-1)?.status ?? 'unknown',
    ...(reason !== undefined && { reason }),
    events: itemsOf<PastEvent>(events.body),
    notifications: itemsOf<{ readonly kind: string }>(notes.body).map(({ kind }) => kind),
    shown: canonical(JSON.parse(shown.body)),
    listed: lists.filter((item) => item.id === id).map(canonical),
    toStranger: [await answerTo(stranger, id), await missing(stranger)],
  };
};

/** The marks of e-mail addresses, tokens of people, tokens of cards, and keys of requests, as clients send them here. */
const SECRETS = ['@example.com', 'eyJhbGciOi', 'tok_', SECRET_KEY];

/** Everything that can be seen from outside at the end of a run. */
export const collect = async (
  stage: Stage,
  observer: Observer,
  queues: readonly QueueSeen[],
  endsPatience = false,
): Promise<Omit<History, 'stock'>> => {
  const { records, products, checks } = stage;
  const claims: Claim[] = [];
  for (const check of checks) claims.push(...(await check(observer.messages)));
  const orders: OrderSeen[] = [];
  const lists = await listAll(stage);
  const missing = createMissing();
  for (const known of records.orders.values()) orders.push(await orderSeen(stage, known, lists, missing));
  return {
    calls: records.calls,
    orders,
    products: [...products].map(([sku, { supplied, available }]) => ({ sku, supplied, available })),
    messages: observer.messages,
    charges: observer.charges(),
    queues,
    claims,
    written: [
      ...observer.written,
      ...queues.flatMap(({ name, messages }) => messages.map((text) => ({ where: name, text }))),
    ],
    secrets: SECRETS,
    poison: stage.poison,
    struck: Object.fromEntries(stage.faults.struck()),
    endsPatience,
  };
};
