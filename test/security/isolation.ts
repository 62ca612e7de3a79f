import { randomUUID } from 'node:crypto';
import type { JsonObject } from '../../functions/kernel/values/json.ts';
import { type Client, clientOf, type Reply } from '../e2e/client.ts';
import { place, registered, stocked, unique } from '../e2e/people.ts';
import type { RunningHere } from '../e2e/system.ts';

/** One request about a thing of another person, beside the same request about a thing that is not there. */
export interface IsolationRow {
  /** `GET /orders/{id}` */
  readonly operation: string;
  readonly parameter: string;
  readonly status: number;
  /** The calls to AWS behind it, of both. */
  readonly calls: string;
  /** What differs; nothing when a caller cannot tell one from the other. */
  readonly differences: readonly string[];
}

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

/** What each answer has of its own, whatever was asked. */
const OWN_HEADERS = ['x-correlation-id', 'date', 'apigw-requestid', 'x-amzn-trace-id', 'keep-alive', 'connection'];

interface Operation {
  readonly parameters: readonly { readonly name: string; readonly in: string }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly example?: unknown }>> };
  readonly security: readonly object[];
}

type Paths = Readonly<Record<string, Readonly<Record<string, Operation>>>>;

/** As long as the other, and valid where that is: so that no length tells them apart. */
const absentLike = (id: string): string => `${id.slice(0, -4)}ZZZZ`;

type Ids = Readonly<Record<string, string>>;

/** Things that are there and not the caller's, by `<first segment of the path>.<parameter>`. */
const thingsOfAnother = async (system: RunningHere): Promise<{ readonly owner: Client; readonly ids: Ids }> => {
  const { sub, client: owner } = await registered(system);
  const sku = await stocked(system, 5);
  const placed = await place(owner, sku);
  const orderId = String(placed.body.id);
  const machine = await system.machine('owner');
  const lease = unique('lease');
  const body = { host: 'users-1.svc.internal', port: 80 };
  await machine('PUT', `/registry/services/users/instances/${lease}`, { body });
  const ids = {
    'users.id': sub,
    'orders.id': orderId,
    'products.sku': sku,
    'payments.orderId': orderId,
    'notifications.orderId': orderId,
    'registry.name': 'users',
    'registry.id': lease,
  };
  return { owner, ids };
};

interface Asked {
  readonly method: string;
  readonly template: string;
  readonly operation: Operation | undefined;
  readonly parameter: string;
  readonly isQuery: boolean;
}

const isId = (name: string): boolean => name === 'id' || name.endsWith('Id');

/** Every route that takes an id, with every method, but for what is open to all: it belongs to no one. */
const questions = (paths: Paths): readonly Asked[] =>
  Object.entries(paths).flatMap(([template, operations]) => {
    const inPath = [...template.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
    return METHODS.flatMap((method): readonly Asked[] => {
      // A HEAD request is a GET without the content of its answer.
      const operation = operations[method === 'HEAD' ? 'get' : method.toLowerCase()];
      if (operation?.security.length === 0) return [];
      const inQuery = (operation?.parameters ?? []).filter((each) => each.in === 'query' && isId(each.name));
      const about = { method, template, operation };
      return [
        ...inPath.map((parameter) => ({ ...about, parameter, isQuery: false })),
        ...inQuery.map(({ name }) => ({ ...about, parameter: name, isQuery: true })),
      ];
    });
  });

const bodyOf = (operation: Operation | undefined): object | undefined => {
  const content = operation?.requestBody?.content['application/json'];
  if (content === undefined) return undefined;
  return typeof content.example === 'object' && content.example !== null ? content.example : {};
};

const ask = (client: Client, { method, template, operation, parameter, isQuery }: Asked, ids: Ids): Promise<Reply> => {
  const [, segment = ''] = template.split('/');
  const idOf = (name: string): string => ids[`${segment}.${name}`] ?? ids['users.id'] ?? '';
  const path = template.replace(/\{(\w+)\}/g, (_, name: string) => idOf(name));
  const body = bodyOf(operation);
  return client(method, isQuery ? `${path}?${parameter}=${idOf(parameter)}` : path, {
    headers: { 'if-match': '"1"', 'idempotency-key': randomUUID() },
    ...(body && { body }),
  });
};

interface Answer {
  readonly status: number;
  readonly parts: Readonly<Record<string, string>>;
  readonly calls: string;
}

interface Call {
  readonly service: string;
  readonly operation: string;
  readonly traceId?: string;
}

/** What the functions that a request reached asked of AWS, in order: the journal shows the newest first. */
const callsOf = async (control: Client, correlationId: string | null): Promise<string> => {
  if (correlationId === null) return '';
  const listed = async (what: string) => JSON.parse((await control('GET', `/control/${what}`)).text);
  const invocations: readonly { readonly traceId: string }[] = await listed(
    `invocations?correlationId=${correlationId}`,
  );
  const calls: readonly Call[] = await listed('calls?limit=200');
  return calls
    .filter((call) => invocations.some(({ traceId }) => traceId === call.traceId))
    .map(({ service, operation }) => `${service}:${operation}`)
    .toReversed()
    .join(', ');
};

/** The answer without what no two answers share, and with one word for the id that was asked for. */
const answerOf = async (control: Client, { status, headers, text }: Reply, id: string): Promise<Answer> => {
  const correlationId = headers.get('x-correlation-id');
  const plain = (value: string) => value.replaceAll(id, '<id>').replaceAll(correlationId ?? id, '<correlation id>');
  const kept = [...headers].filter(([name]) => !OWN_HEADERS.includes(name));
  const parts = { status: String(status), body: plain(text) };
  const named = Object.fromEntries(kept.map(([name, value]) => [`header ${name}`, plain(value)]));
  return { status, parts: { ...parts, ...named }, calls: await callsOf(control, correlationId) };
};

const differencesOf = (foreign: Answer, absent: Answer): readonly string[] => {
  const names = new Set([...Object.keys(foreign.parts), ...Object.keys(absent.parts)]);
  const differing = [...names].filter((name) => foreign.parts[name] !== absent.parts[name]);
  const shown = differing.map((name) => `${name}: ${foreign.parts[name]} and ${absent.parts[name]}`);
  return foreign.calls === absent.calls ? shown : [...shown, `calls: ${foreign.calls} and ${absent.calls}`];
};

/** Asks for every thing of another, and for one that is not there, as a customer with all scopes. */
export const isolationRows = async (system: RunningHere): Promise<readonly IsolationRow[]> => {
  const { owner, ids } = await thingsOfAnother(system);
  const { client: stranger } = await registered(system);
  const control = clientOf(system.controlUrl, system.controlToken);
  const { paths }: { readonly paths: Paths } = JSON.parse((await stranger('GET', '/openapi.json')).text);
  const before: readonly JsonObject[] = [(await owner('GET', `/users/${ids['users.id']}`)).body];
  const rows: IsolationRow[] = [];
  for (const asked of questions(paths)) {
    const key = `${asked.template.split('/')[1]}.${asked.parameter}`;
    const id = ids[key] ?? ids['users.id'] ?? '';
    const absentId = absentLike(id);
    // What a function asks of AWS when it is new is no matter of the question.
    await ask(stranger, asked, { ...ids, [key]: absentId });
    const foreign = await answerOf(control, await ask(stranger, asked, ids), id);
    const absent = await answerOf(control, await ask(stranger, asked, { ...ids, [key]: absentId }), absentId);
    rows.push({
      operation: `${asked.method} ${asked.template}`,
      parameter: asked.parameter,
      status: foreign.status,
      calls: foreign.calls,
      differences: differencesOf(foreign, absent),
    });
  }
  const after: readonly JsonObject[] = [(await owner('GET', `/users/${ids['users.id']}`)).body];
  if (JSON.stringify(before) !== JSON.stringify(after)) throw new Error('a stranger changed the user');
  return rows;
};
