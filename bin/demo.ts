import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';

const HELP = `npm run demo

Drives a short scenario against the system that \`npm start\` runs in another shell, and prints each step:
an administrator lists products, four customers order, one card is declined, one product sells out, one reply is lost. Ends with code 1 when the story ends otherwise.`;

interface Running {
  readonly apiUrl: string;
  readonly controlUrl: string;
  readonly controlToken: string;
}

type Body = Readonly<Record<string, unknown>>;

const running = (): Running => {
  try {
    return JSON.parse(readFileSync('.local/runtime.json', 'utf8'));
  } catch {
    throw new Error('no running system found (.local/runtime.json): start one with `npm start` in another shell.');
  }
};

const send = async (url: string, method: string, headers: Record<string, string>, body?: unknown) => {
  const response = await fetch(url, {
    method,
    headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const parsed: Body = text === '' ? {} : JSON.parse(text);
  return { status: response.status, body: parsed };
};

const asUser = async (system: Running, sub: string, groups: readonly string[] = []) => {
  const control = { authorization: `Bearer ${system.controlToken}` };
  const { body } = await send(`${system.controlUrl}/control/token`, 'POST', control, { sub, groups });
  const authorization = `Bearer ${body.accessToken}`;
  return (method: string, path: string, payload?: unknown, headers: Record<string, string> = {}) =>
    send(`${system.apiUrl}${path}`, method, { authorization, ...headers }, payload);
};

type Client = Awaited<ReturnType<typeof asUser>>;

const PRODUCTS = [
  { sku: 'lamp', name: 'Desk lamp', price: 4900, stock: 10 },
  { sku: 'chair', name: 'Chair', price: 12900, stock: 1 },
];

const CUSTOMERS = [
  { sub: 'ada', sku: 'lamp', quantity: 2, token: 'tok_ok', story: 'pays at once', end: 'CONFIRMED' },
  {
    ...{ sub: 'grace', sku: 'chair', quantity: 1, token: 'tok_lost_reply', end: 'CONFIRMED' },
    story: "pays, but the provider's reply is lost",
  },
  {
    sub: 'alan',
    sku: 'chair',
    quantity: 1,
    token: 'tok_ok',
    story: 'wants the chair that Grace took',
    end: 'CANCELLED',
  },
  {
    sub: 'linus',
    sku: 'lamp',
    quantity: 1,
    token: 'tok_declined',
    story: 'has a card that is declined',
    end: 'CANCELLED',
  },
];

const print = (line: string) => console.log(line);

/** A step takes a second or two; a payment whose reply is lost is tried again after a few more. */
const STEP_WITHIN_MS = 90_000;
const SAY_EVERY_MS = 5_000;

/** Reads until what is read suffices; says what it waits for when that takes long, and gives up with it. */
const readUntil = async (client: Client, path: string, what: string, suffices: (body: Body) => boolean) => {
  const startedMs = Date.now();
  for (let sayAtMs = startedMs + SAY_EVERY_MS; ; ) {
    const { status, body } = await client('GET', path);
    if (status === 200 && suffices(body)) return body;
    const seconds = Math.round((Date.now() - startedMs) / 1000);
    const seen = `GET ${path} answers ${status}${body.status === undefined ? '' : ` ${body.status}`}`;
    if (Date.now() - startedMs > STEP_WITHIN_MS) {
      throw new Error(
        `${what} did not happen within ${seconds} s (${seen}). A consumer may fail: see the terminal of npm start.`,
      );
    }
    if (Date.now() >= sayAtMs) {
      print(`        waiting since ${seconds} s: ${what} (${seen})`);
      sayAtMs += SAY_EVERY_MS;
    }
    await pause(100);
  }
};

const mustBe = (what: string, expected: unknown, found: unknown) => {
  if (found !== expected) throw new Error(`${what} is ${found}, and should be ${expected}`);
};

/** An earlier demo may have left some: the story needs exactly as many. */
const stockUp = async (admin: Client, run: string) => {
  for (const { sku, name, price, stock } of PRODUCTS) {
    await admin('PUT', `/products/${sku}`, { name, price: { amount: price, currency: 'EUR' } });
    const { body: before } = await admin('GET', `/products/${sku}`);
    const delta = stock - Number(before.available ?? 0);
    if (delta !== 0)
      await admin('POST', `/products/${sku}/stock`, { delta }, { 'idempotency-key': `demo-${run}-${sku}` });
    const { body } = await admin('GET', `/products/${sku}`);
    mustBe(`what is available of ${name}`, stock, body.available);
    print(`admin   lists ${name} at ${(price / 100).toFixed(2)} EUR, ${stock} available`);
  }
};

const order = async (client: Client, customer: (typeof CUSTOMERS)[number], run: string) => {
  const { sub, sku, quantity, token, story } = customer;
  await client('POST', '/users', { email: `${sub}.${run}@example.com`, name: sub });
  const payload = { items: [{ sku, quantity }], paymentToken: token };
  const { status, body } = await client('POST', '/orders', payload, { 'idempotency-key': `demo-${run}-${sub}` });
  print(`${sub.padEnd(7)} orders ${quantity} × ${sku}, ${story}: ${status} ${body.status ?? body.detail}`);
  mustBe(`the answer to ${sub}'s order`, 202, status);
  return String(body.id);
};

const ended = ({ status }: Body) => status === 'CONFIRMED' || status === 'CANCELLED';

const itemsOf = ({ items }: Body): readonly unknown[] => (Array.isArray(items) ? items : []);

const follow = async (client: Client, { sub, end }: (typeof CUSTOMERS)[number], id: string) => {
  const { status, reason } = await readUntil(client, `/orders/${id}`, `the end of ${sub}'s order`, ended);
  // The customer is notified by an event that follows the end.
  const path = `/notifications?orderId=${id}`;
  const list = await readUntil(client, path, `${sub}'s notification`, (body) => itemsOf(body).length > 0);
  const count = itemsOf(list).length;
  const why = reason ? ` (${reason})` : '';
  print(`${sub.padEnd(7)} ${id}  ${status}${why}, ${count} notification${count === 1 ? '' : 's'}`);
  mustBe(`${sub}'s order`, end, status);
};

const main = async () => {
  const { values } = parseArgs({ options: { help: { type: 'boolean', short: 'h' } } });
  if (values.help) return print(HELP);
  const system = running();
  const run = Date.now().toString(36);
  const admin = await asUser(system, 'demo-admin', ['admin']);
  await stockUp(admin, run);
  const placed: { readonly client: Client; readonly customer: (typeof CUSTOMERS)[number]; readonly id: string }[] = [];
  for (const customer of CUSTOMERS) {
    const client = await asUser(system, `${customer.sub}-${run}`);
    placed.push({ client, customer, id: await order(client, customer, run) });
    // Alan's part of the story begins when Grace holds the only chair.
    if (customer.sub === 'grace') {
      await readUntil(
        admin,
        '/products/chair',
        'the reservation of the chair for grace',
        (body) => body.available === 0,
      );
    }
  }
  print('');
  for (const { client, customer, id } of placed) await follow(client, customer, id);
};

main().catch((error: unknown) => {
  console.error(`demo: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
});
