import type { IncomingMessage } from 'node:http';
import type { World } from '../../core/world.ts';
import { type RequestTrace, traceOf } from '../../http/trace-header.ts';
import type { CompiledApi, CompiledStage } from './compiled-api.ts';
import type { Exchange } from './request/exchange.ts';

/** `AbCdEfGhIjKlMnO=`: eleven random bytes, as API Gateway's ids look. */
const requestIdOf = (random: World['random']) => `${Buffer.from(random.hex(11), 'hex').toString('base64url')}=`;

/**
 * API Gateway decodes the path once, before it routes, so `%2F` separates segments like `/` (seen in captured events:
 * hotsock/voker#8, fastify/aws-lambda-fastify#169). A malformed escape leaves undefined.
 */
const decodePath = (raw: string): string | undefined => {
  if (!raw.includes('%')) return raw;
  try {
    return decodeURIComponent(raw);
  } catch {
    return undefined;
  }
};

/** A target in absolute form, which a server takes as well (RFC 9112 §3.2.2), without scheme and host. */
const originForm = (target: string): string => {
  const rest = target.replace(/^https?:\/\/[^/?]*/i, '');
  return rest.startsWith('/') || rest === target ? rest : `/${rest}`;
};

export interface OpenedExchange {
  readonly exchange: Exchange;
  readonly trace: RequestTrace;
  readonly stage: CompiledStage | undefined;
  readonly pathIsMalformed: boolean;
}

const stageOf = (compiled: CompiledApi, path: string): { stage: CompiledStage | undefined; routePath: string } => {
  if (compiled.namedStages.size > 0) {
    const end = path.indexOf('/', 1);
    const stage = compiled.namedStages.get(path.slice(1, end === -1 ? undefined : end));
    if (stage) return { stage, routePath: end === -1 ? '/' : path.slice(end) };
  }
  return { stage: compiled.defaultStage, routePath: path };
};

export const openExchange = (world: World, compiled: CompiledApi, request: IncomingMessage): OpenedExchange => {
  const atMs = world.clock.now();
  const url = originForm(request.url ?? '/');
  const mark = url.indexOf('?');
  const rawPath = mark === -1 ? url : url.slice(0, mark);
  const decoded = decodePath(rawPath);
  const path = decoded ?? rawPath;
  const { stage, routePath } = stageOf(compiled, path);
  const sentTrace = request.headers['x-amzn-trace-id'];
  const trace = traceOf(Array.isArray(sentTrace) ? sentTrace[0] : sentTrace, atMs, world.random);
  const exchange: Exchange = {
    atMs,
    requestId: requestIdOf(world.random),
    traceId: trace.traceId,
    accountId: world.account,
    apiId: compiled.api.id,
    method: request.method ?? 'GET',
    path,
    target: url,
    rawQueryString: mark === -1 ? '' : url.slice(mark + 1),
    protocol: `HTTP/${request.httpVersion}`,
    sourceIp: request.socket.remoteAddress ?? '127.0.0.1',
    userAgent: request.headers['user-agent'] ?? '',
    domainName: request.headers.host ?? 'localhost',
    stage: stage?.name ?? '',
    routePath,
    routeKey: '',
    status: 0,
    responseLength: 0,
    endMs: atMs,
  };
  return { exchange, trace, stage, pathIsMalformed: decoded === undefined };
};
