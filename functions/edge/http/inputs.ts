import type { Context } from 'aws-lambda';
import type { Access, RouteContract } from '../../kernel/messages/contract.ts';
import type { Operation } from '../../kernel/messages/operations.ts';
import type { Runtime } from '../../kernel/ports/runtime.ts';
import { canonicalJson } from '../../kernel/values/canonical-json.ts';
import { notFound, Refused } from '../../kernel/values/errors.ts';
import type { Json } from '../../kernel/values/json.ts';
import type { Machine, Principal } from '../../kernel/values/principal.ts';
import { checkSize, readBody } from './body.ts';
import { machineOf, principalOf } from './claims.ts';
import { exchangeOf, type HttpEvent } from './exchange.ts';
import { readIdempotencyKey, readPrecondition } from './preconditions.ts';
import { matchPath } from './route-path.ts';
import { noParameters, validate } from './validation.ts';
import { requireVersion } from './versions.ts';

interface Authorized {
  readonly jwt?: { readonly claims?: Readonly<Record<string, unknown>> };
  readonly iam?: Readonly<Record<string, unknown>>;
}

/** What the gateway's authorizers say of the caller. */
const authorizedOf = ({ requestContext }: HttpEvent): Authorized => {
  const { authorizer }: { readonly stage: string; readonly authorizer?: Authorized } = requestContext;
  return authorizer ?? {};
};

const forbidden = (detail: string): Refused => new Refused({ outcome: 'forbidden', code: 'forbidden', detail });

/** The gateway has verified the token; scopes and group are checked here as well, so that one mistake opens nothing. */
const authorize = (event: HttpEvent, access: Exclude<Access, string>, hash: Runtime['hash']): Principal => {
  const principal = principalOf(authorizedOf(event).jwt?.claims, hash);
  if (principal === undefined) {
    throw new Refused({ outcome: 'unauthenticated', code: 'unauthenticated', detail: 'A valid token is required.' });
  }
  const hasScope = access.scopes.length === 0 || access.scopes.some((scope) => principal.scopes.includes(scope));
  const isMember = access.group === undefined || principal.groups.includes(access.group);
  if (!hasScope || !isMember) throw forbidden('The token does not permit this.');
  return principal;
};

/** As the gateway, which does not say why a signature is not enough. */
const requireMachine = (event: HttpEvent): Machine => {
  const machine = machineOf(authorizedOf(event).iam);
  if (machine === undefined) throw forbidden('A request that is signed by a machine is required.');
  return machine;
};

const readParams = ({ path: template, params }: Pick<RouteContract, 'path' | 'params'>, path: string): unknown => {
  const found = matchPath(template, path);
  const parsed = params === undefined || found === undefined ? undefined : params.safeParse(found);
  if (found === undefined || parsed?.success === false) throw new Refused(notFound('resource'));
  return parsed?.data;
};

/** A parameter that is not known is refused on every route: the caller meant something by it. */
const readQuery = ({ query = noParameters }: Pick<RouteContract, 'query'>, event: HttpEvent): unknown =>
  validate(query, event.queryStringParameters ?? {}, { outcome: 'invalid', base: '#/query' });

/** Everything that the contract asks of a request, cheapest check first. Throws Refused for the first that fails. */
export const readInputs = (
  event: HttpEvent,
  context: Pick<Context, 'getRemainingTimeInMillis'>,
  versions: readonly Operation[],
  { hash }: Pick<Runtime, 'hash'>,
): unknown => {
  const exchange = exchangeOf(event);
  const { cause, log, path } = exchange;
  checkSize(event);
  const route = requireVersion(versions, exchange);
  const principal = typeof route.access === 'string' ? undefined : authorize(event, route.access, hash);
  const machine = route.access === 'machines' ? requireMachine(event) : undefined;
  const params = readParams(route, path);
  const query = readQuery(route, event);
  const idempotencyKey =
    route.idempotencyKey === 'required' ? readIdempotencyKey(event.headers['idempotency-key']) : undefined;
  const precondition = route.method === 'GET' ? undefined : readPrecondition(event.headers, route.ifMatch);
  const json: Json | undefined = route.body === undefined ? undefined : readBody(event);
  const body = route.body && validate(route.body, json, { outcome: 'unprocessable', base: '#' });
  return {
    params,
    query,
    body,
    principal,
    machine,
    idempotencyKey,
    precondition,
    cause,
    log,
    method: route.method,
    path,
    version: route.version,
    fingerprint: hash(canonicalJson(json)),
    headers: event.headers,
    remainingMs: () => context.getRemainingTimeInMillis(),
  };
};
