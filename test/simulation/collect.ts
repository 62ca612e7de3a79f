import type { Known } from './actors.ts';
import type { Claim, History, OrderSeen, PastEvent } from './history.ts';
import type { Observer } from './observer.ts';
import { queuesOf } from './queue-desk.ts';
import type { Stage } from './stage.ts';

const itemsOf = <T>(body: string): readonly T[] => JSON.parse(body).items ?? [];

/** A ULID that nothing has. */
const MISSING = '00000000000000000000000000';

/** What a problem says besides which request it was. */
const withoutRequest = (status: number, body: string, id: string): string => {
  const { instance: _, correlationId: __, ...rest } = JSON.parse(body || '{}');
  return `${status} ${JSON.stringify(rest).replaceAll(id, '<id>')}`;
};

const orderSeen = async (stage: Stage, known: Known): Promise<OrderSeen> => {
  const { customers } = stage;
  const owner = customers.find(({ name }) => name === known.owner);
  const stranger = customers.find(({ name }) => name !== known.owner);
  if (!owner || !stranger) throw new Error('an order needs an owner and a stranger');
  const { id, sightings, reason, ...order } = known;
  const events = await owner.send({ method: 'GET', path: `/orders/${id}/events` });
  const notes = await owner.send({ method: 'GET', path: `/notifications?orderId=${id}` });
  const answers = await Promise.all(
    [id, MISSING].map(async (asked) => {
      const { status, body } = await stranger.send({ method: 'GET', path: `/orders/${asked}` });
      return withoutRequest(status, body, asked);
    }),
  );
  return {
    ...order,
    id,
    sightings,
    status: sightings.at(-1)?.status ?? 'unknown',
    ...(reason !== undefined && { reason }),
    events: itemsOf<PastEvent>(events.body),
    notifications: itemsOf<{ readonly kind: string }>(notes.body).map(({ kind }) => kind),
    toStranger: [answers[0] ?? '', answers[1] ?? ''],
  };
};

/** Everything that can be seen from outside at the end of a run. */
export const collect = async (stage: Stage, observer: Observer, endsPatience = false): Promise<History> => {
  const { records, products, checks } = stage;
  const claims: Claim[] = [];
  for (const check of checks) claims.push(...(await check(observer.messages)));
  const orders: OrderSeen[] = [];
  for (const known of records.orders.values()) orders.push(await orderSeen(stage, known));
  return {
    calls: records.calls,
    orders,
    products: [...products].map(([sku, { supplied, available }]) => ({ sku, supplied, available })),
    messages: observer.messages,
    charges: observer.charges(),
    queues: await queuesOf(stage),
    claims,
    endsPatience,
  };
};
