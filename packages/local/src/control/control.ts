import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { AwsError } from '../core/aws-call.ts';
import { isObject, type JsonObject } from '../core/json.ts';
import { isLocalRequest, refuseForeign } from '../core/listening/loopback-guard.ts';
import { messageOf } from '../core/thrown.ts';
import { readBody } from '../http/body.ts';
import { type ControlContext, type ControlOperation, ControlRefusal, type Query } from './control-operation.ts';
import { CONTROL_OPERATIONS } from './operations.ts';

const LARGEST_BODY = 8 * 1024 * 1024;

const bodyOf = async (request: IncomingMessage): Promise<JsonObject> => {
  const sent = await readBody(request, LARGEST_BODY);
  if (sent === 'too large') throw new ControlRefusal(413, 'the body is larger than 8 MiB');
  if (sent === 'aborted') throw new ControlRefusal(400, 'the body ended too early');
  if (sent.length === 0) return {};
  try {
    const body: unknown = JSON.parse(sent.toString('utf8'));
    if (isObject(body)) return body;
  } catch {
    throw new ControlRefusal(400, 'the body is not valid JSON');
  }
  throw new ControlRefusal(400, 'the body is not a JSON object');
};

const isHolder = (authorization: string | undefined, token: string): boolean => {
  const given = Buffer.from(authorization ?? '');
  const expected = Buffer.from(`Bearer ${token}`);
  return given.length === expected.length && timingSafeEqual(given, expected);
};

const reply = (outgoing: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}) => {
  outgoing.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store', ...headers });
  outgoing.end(JSON.stringify(body));
};

/** Throws a refusal that names what there is: a misspelt filter would answer everything. */
const queryOf = (parameters: URLSearchParams, pathname: string, { query: known = [] }: ControlOperation): Query => {
  const takes = known.length === 0 ? 'no parameters' : known.join(', ');
  for (const name of parameters.keys()) {
    if (!known.includes(name)) throw new ControlRefusal(400, `${name} is unknown; ${pathname} takes ${takes}`);
    if (parameters.getAll(name).length > 1) throw new ControlRefusal(400, `${name} is given more than once`);
  }
  return Object.fromEntries(parameters);
};

const operationsNamed = (name: string): readonly ControlOperation[] => {
  const found = CONTROL_OPERATIONS[name];
  if (found === undefined) return [];
  return 'run' in found ? [found] : found;
};

const pathOf = (name: string, { method, argument, action }: ControlOperation): string =>
  `${method} /control/${name}${argument ? `/{${argument}}` : ''}${action ? `/${action}` : ''}`;

const serve = async (context: ControlContext, incoming: IncomingMessage, outgoing: ServerResponse) => {
  const { pathname, searchParams } = new URL(incoming.url ?? '/', 'http://control');
  const [, root, name = '', argument = '', action, ...rest] = pathname.split('/');
  const named = root === 'control' && rest.length === 0 ? operationsNamed(name) : [];
  const found = named.filter((each) => (each.argument === undefined) === (argument === '') && each.action === action);
  if (found.length === 0) {
    const known = Object.keys(CONTROL_OPERATIONS).flatMap((key) =>
      operationsNamed(key).map((each) => pathOf(key, each)),
    );
    throw new ControlRefusal(404, `there is no ${pathname}; there is ${known.join(', ')}`);
  }
  const operation = found.find(({ method }) => method === incoming.method);
  if (!operation) {
    const allowed = found.map(({ method }) => method).join(', ');
    throw new ControlRefusal(405, `${pathname} takes ${allowed}`, { allow: allowed });
  }
  const query = queryOf(searchParams, pathname, operation);
  const request = await bodyOf(incoming);
  const { status = 200, body } = await operation.run(context, request, decodeURIComponent(argument), query);
  reply(outgoing, status, body);
};

const refuse = (outgoing: ServerResponse, error: unknown) => {
  const message = messageOf(error);
  if (error instanceof ControlRefusal) return reply(outgoing, error.status, { message }, error.headers);
  if (error instanceof AwsError) return reply(outgoing, error.status, { code: error.code, message });
  return reply(outgoing, 500, { message });
};

/** The control API: inspects and steers a running system. Every request needs the bearer token answered here. */
export const createControl = (
  context: ControlContext,
): { readonly token: string; readonly onRequest: RequestListener } => {
  const token = context.world.random.hex(24);
  return {
    token,
    onRequest: (incoming, outgoing) => {
      if (!isLocalRequest(incoming)) {
        refuseForeign(outgoing);
        return;
      }
      if (!isHolder(incoming.headers.authorization, token)) {
        reply(
          outgoing,
          401,
          { message: 'send `authorization: Bearer <controlToken>`; .local/runtime.json holds the token' },
          { 'www-authenticate': 'Bearer' },
        );
        return;
      }
      serve(context, incoming, outgoing).catch((error: unknown) => refuse(outgoing, error));
    },
  };
};
