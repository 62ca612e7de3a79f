import type { IncomingMessage } from 'node:http';

/** Headers and query of a request in the form that Lambda events carry. */
export interface IncomingParts {
  /** Lower-case names; repeated headers joined by commas. */
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies: readonly string[] | undefined;
  /** Decoded; repeated names joined by commas. Absent without a query. */
  readonly query: Readonly<Record<string, string>> | undefined;
}

/** Headers of the connection to the gateway, which never reach an integration; `cookie` travels as `cookies`. */
const KEPT_BACK = new Set(['connection', 'keep-alive', 'te', 'trailer', 'transfer-encoding', 'upgrade', 'cookie']);

const cookiesOf = (cookieHeader: string | undefined): readonly string[] | undefined =>
  cookieHeader === undefined
    ? undefined
    : cookieHeader
        .split(';')
        .map((cookie) => cookie.trim())
        .filter((cookie) => cookie !== '');

const queryOf = (rawQueryString: string): Readonly<Record<string, string>> | undefined => {
  if (rawQueryString === '') return undefined;
  const query = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(rawQueryString)) {
    const before = query.get(name);
    query.set(name, before === undefined ? value : `${before},${value}`);
  }
  return Object.fromEntries(query);
};

export const readParts = (request: IncomingMessage, rawQueryString: string, traceHeader: string): IncomingParts => {
  const headers: Record<string, string> = {};
  const raw = request.rawHeaders;
  for (let index = 0; index < raw.length; index += 2) {
    const name = (raw[index] ?? '').toLowerCase();
    if (KEPT_BACK.has(name)) continue;
    const value = raw[index + 1] ?? '';
    const before = Object.hasOwn(headers, name) ? headers[name] : undefined;
    headers[name] = before === undefined ? value : `${before},${value}`;
  }
  const { remoteAddress = '127.0.0.1', localPort = 0 } = request.socket;
  headers['content-length'] ??= '0';
  headers['x-amzn-trace-id'] = traceHeader;
  const forwardedFor = headers['x-forwarded-for'];
  headers['x-forwarded-for'] = forwardedFor ? `${forwardedFor}, ${remoteAddress}` : remoteAddress;
  headers['x-forwarded-port'] = String(localPort);
  headers['x-forwarded-proto'] = 'http';
  return { headers, cookies: cookiesOf(request.headers.cookie), query: queryOf(rawQueryString) };
};

/** Bytes of the request line and headers, which AWS caps at 10,240 (API Gateway quotas for HTTP APIs). */
export const MAX_HEAD_BYTES = 10_240;

export const headBytes = (request: IncomingMessage): number => {
  let bytes = (request.method?.length ?? 0) + (request.url?.length ?? 0) + request.httpVersion.length;
  for (const text of request.rawHeaders) bytes += text.length;
  return bytes;
};
