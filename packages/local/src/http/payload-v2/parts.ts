import type { HttpRequest } from '../request.ts';

/** Headers and query of a request in the form that Lambda events carry. */
export interface IncomingParts {
  /** Lower-case names; repeated headers joined by commas. */
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies: readonly string[] | undefined;
  /** Decoded; repeated names joined by commas. Absent without a query. */
  readonly query: Readonly<Record<string, string>> | undefined;
}

/** Headers of the connection, which never reach a function; `cookie` travels as `cookies`. */
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

export interface Connection {
  readonly remoteAddress?: string | undefined;
  readonly localPort?: number | undefined;
}

export const readParts = (
  sent: HttpRequest['headers'],
  { remoteAddress = '127.0.0.1', localPort = 0 }: Connection,
  rawQueryString: string,
  traceHeader: string,
): IncomingParts => {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(sent)) if (!KEPT_BACK.has(name)) headers[name] = value;
  headers['content-length'] ??= '0';
  headers['x-amzn-trace-id'] = traceHeader;
  const forwardedFor = headers['x-forwarded-for'];
  headers['x-forwarded-for'] = forwardedFor ? `${forwardedFor}, ${remoteAddress}` : remoteAddress;
  headers['x-forwarded-port'] = String(localPort);
  headers['x-forwarded-proto'] = 'http';
  return { headers, cookies: cookiesOf(sent.cookie), query: queryOf(rawQueryString) };
};
