import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';

const HELP = `npm run demo

Drives a short scenario against the system that \`npm start\` runs in another shell, and tells what happened:
an administrator lists products, four customers order, one card is declined, one product sells out, one reply is lost.`;

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
  { sub: 'ada', sku: 'lamp', quantity: 2, token: 'tok_ok', story: 'pays at once' },
  { sub: 'grace', sku: 'chair', quantity: 1, token: 'tok_lost_reply', story: "pays, but the provider's reply is lost" },
  { sub: 'alan', sku: 'chair', quantity: 1, token: 'tok_ok', story: 'wants the chair that Grace took' },
  { sub: 'linus', sku: 'lamp', quantity: 1, token: 'tok_declined', story: 'has a card that is declined' },
];

const tell = (line: string) => console.log(line);

const stockUp = async (admin: Client) => {
  for (const { sku, name, price, stock } of PRODUCTS) {
    await admin('PUT', `/products/${sku}`, { name, price: { amount: price, currency: 'EUR' } });
    const { body } = await admin('POST', `/products/${sku}/stock`, { delta: stock });
    tell(`admin   lists ${name} at ${(price / 100).toFixed(2)} EUR, ${body.available} available`);
  }
};

const order = async (client: Client, customer: (typeof CUSTOMERS)[number], run: string) => {
  const { sub, sku, quantity, token, story } = customer;
  await client('POST', '/users', { email: `${sub}.${run}@example.com`, name: sub });
  const payload = { items: [{ sku, quantity }], paymentToken: token };
  const { status, body } = await client('POST', '/orders', payload, { 'idempotency-key': `demo-${run}-${sub}` });
  tell(`${sub.padEnd(7)} orders ${quantity} × ${sku}, ${story}: ${status} ${body.status ?? body.detail}`);
  return String(body.id);
};

const ended = (status: unknown) => status === 'CONFIRMED' || status === 'CANCELLED';

/** Reads until what is read suffices, or the deadline has passed. */
const readUntil = async (client: Client, path: string, suffices: (body: Body) => boolean, deadlineMs: number) => {
  for (;;) {
    const { body } = await client('GET', path);
    if (suffices(body) || Date.now() > deadlineMs) return body;
    await pause(100);
  }
};

const itemsOf = ({ items }: Body): readonly unknown[] => (Array.isArray(items) ? items : []);

const main = async () => {
  const { values } = parseArgs({ options: { help: { type: 'boolean', short: 'h' } } });
  if (values.help) return tell(HELP);
  const system = running();
  const run = Date.now().toString(36);
  await stockUp(await asUser(system, 'demo-admin', ['admin']));
  const deadlineMs = Date.now() + 180_000;
  const placed: { readonly client: Client; readonly sub: string; readonly id: string }[] = [];
  for (const customer of CUSTOMERS) {
    const client = await asUser(system, `${customer.sub}-${run}`);
    placed.push({ client, sub: customer.sub, id: await order(client, customer, run) });
  }
  tell('');
  for (const { client, sub, id } of placed) {
    const { status, reason } = await readUntil(client, `/orders/${id}`, (body) => ended(body.status), deadlineMs);
    // The customer is told of the end by an event that follows it.
    const notifications = await readUntil(
      client,
      `/notifications?orderId=${id}`,
      (body) => itemsOf(body).length > 0,
      deadlineMs,
    );
    const told = itemsOf(notifications).length;
    tell(
      `${sub.padEnd(7)} ${id}  ${status}${reason ? ` (${reason})` : ''}, ${told} notification${told === 1 ? '' : 's'}`,
    );
  }
};

main().catch((error: unknown) => {
  console.error(`demo: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
});
