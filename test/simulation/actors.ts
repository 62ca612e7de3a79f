import type { Simulation } from '@archipelago/local/simulation';
import type { Authorize } from './authorize.ts';
import type { CallOutcome, ClientCall, Line, OrderSeen, Sighting } from './history.ts';

/** An order as `POST /orders` and `GET /orders/{id}` answer it. */
export interface OrderBody {
  readonly id: string;
  readonly status: string;
  readonly reason?: string;
  readonly version: number;
  readonly total: { readonly amount: number };
  readonly items: readonly Line[];
}

/** What is known of an order while a run goes on. */
export interface Known extends Pick<OrderSeen, 'id' | 'owner' | 'total' | 'lines'> {
  readonly sightings: Sighting[];
  reason: string | undefined;
  /** As it was seen last: the whole answer. */
  shown: string;
}

export interface Request {
  readonly method: string;
  readonly path: string;
  readonly body?: object;
  readonly key?: string;
  readonly ifMatch?: string;
  /** See ClientCall. */
  readonly mistake?: true;
}

export interface Answered {
  readonly outcome: CallOutcome;
  readonly status: number;
  readonly body: string;
  readonly etag: string | undefined;
}

export interface Client {
  readonly name: string;
  send(request: Request): Promise<Answered>;
  /** Sends again while the outcome is unknown, or while it is asked to come back later. */
  insist(request: Request): Promise<Answered>;
  /** Orders, and asks again under the same key while the outcome is unknown; undefined when it stays so, or is no. */
  order(lines: readonly Line[], paymentToken: string): Promise<Known | undefined>;
  look(order: Known): Promise<Known>;
  cancel(order: Known): Promise<Answered>;
  /** Leaves the shop for good. */
  erase(): Promise<Answered>;
  /** Orders of this client that it may never have been answered. */
  find(): Promise<readonly Known[]>;
}

export interface Records {
  readonly calls: ClientCall[];
  readonly orders: Map<string, Known>;
}

/** A part of every Idempotency-Key: a log that has it leaks one. */
export const SECRET_KEY = 'secret-key';

const ATTEMPTS = 8;
const PAUSE_MS = 2_000;
const CONFLICT = 409;
const TOO_MANY = 429;

const outcomeOf = (status: number, code: string | undefined): CallOutcome => {
  if (code !== undefined || status >= 500) return 'unknown';
  return status < 400 ? 'ok' : 'fail';
};

const textOf = (header: string | string[] | undefined): string | undefined =>
  typeof header === 'string' ? header : header?.[0];

const createSender =
  (simulation: Simulation, { calls }: Records, name: string, authorize: Authorize) =>
  async ({ method, path, body, key, ifMatch, mistake }: Request): Promise<Answered> => {
    const headers = {
      'content-type': 'application/json',
      ...(key !== undefined && { 'idempotency-key': key }),
      ...(ifMatch !== undefined && { 'if-match': ifMatch }),
    };
    const request = { method, url: path, headers, ...(body && { body: JSON.stringify(body) }) };
    const authorized = { ...request, headers: { ...headers, ...(await authorize(request)) } };
    const { status, headers: received, code, ...answer } = await simulation.request(authorized);
    const outcome = outcomeOf(status, code);
    const atMs = simulation.world.clock.now();
    calls.push({
      atMs,
      client: name,
      request: `${method} ${path}`,
      outcome,
      status,
      body: answer.body,
      ...(key !== undefined && { key }),
      ...(mistake && { mistake }),
    });
    return { outcome, status, body: answer.body, etag: textOf(received.etag) };
  };

const createSightings =
  ({ orders }: Records, owner: string, nowMs: () => number) =>
  (text: string): Known => {
    const { id, status, reason, version, total, items }: OrderBody = JSON.parse(text);
    const lines = items.map(({ sku, quantity }) => ({ sku, quantity }));
    const known = orders.get(id) ?? { id, owner, total: total.amount, lines, sightings: [], reason, shown: text };
    orders.set(id, known);
    known.sightings.push({ atMs: nowMs(), status, version });
    known.reason = reason;
    known.shown = text;
    return known;
  };

export const createClient = (simulation: Simulation, records: Records, name: string, authorize: Authorize): Client => {
  const send = createSender(simulation, records, name, authorize);
  const see = createSightings(records, name, () => simulation.world.clock.now());
  let keys = 0;

  const insist = async (request: Request): Promise<Answered> => {
    for (let attempt = 1; ; attempt += 1) {
      const answered = await send(request);
      const again = answered.outcome === 'unknown' || answered.status === TOO_MANY || answered.status === CONFLICT;
      if (!again || attempt === ATTEMPTS) return answered;
      await simulation.sleep(PAUSE_MS * attempt);
    }
  };
  return {
    name,
    send,
    insist,
    order: async (items, paymentToken) => {
      const key = `${name}-${SECRET_KEY}-${++keys}`;
      const { outcome, body } = await insist({ method: 'POST', path: '/orders', body: { items, paymentToken }, key });
      // The first answer may be one that was kept: it shows the order as it was, not as it is.
      return outcome === 'ok' ? see(body) : undefined;
    },
    look: async (order) => {
      const { outcome, body } = await send({ method: 'GET', path: `/orders/${order.id}` });
      return outcome === 'ok' ? see(body) : order;
    },
    cancel: async (order) => {
      const { etag } = await send({ method: 'GET', path: `/orders/${order.id}` });
      return send({ method: 'POST', path: `/orders/${order.id}/cancel`, ifMatch: etag ?? '"1"' });
    },
    erase: () => insist({ method: 'DELETE', path: `/users/${name}` }),
    find: async () => {
      const { outcome, body } = await send({ method: 'GET', path: '/orders?limit=100' });
      if (outcome !== 'ok') return [];
      const { items }: { readonly items: readonly OrderBody[] } = JSON.parse(body);
      return items.filter(({ id }) => !records.orders.has(id)).map((item) => see(JSON.stringify(item)));
    },
  };
};
