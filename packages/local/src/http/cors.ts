import type { Json } from '../core/json.ts';
import type { HttpResponse } from './response.ts';

/** What an HTTP API or a function URL lets pages of other origins do, as its template says. */
export interface CorsSettings {
  readonly allowOrigins: readonly string[];
  readonly allowMethods: readonly string[];
  readonly allowHeaders: readonly string[];
  readonly exposeHeaders: readonly string[];
  readonly allowCredentials: boolean;
  readonly maxAgeSeconds: number | undefined;
}

/** A template's `CorsConfiguration` or `Cors`, whose members have the same names. */
export interface CorsProperties {
  list(name: string): readonly Json[];
  flag(name: string): boolean | undefined;
  number(name: string): number | undefined;
}

export const readCors = (properties: CorsProperties): CorsSettings => ({
  allowOrigins: properties.list('AllowOrigins').map(String),
  allowMethods: properties.list('AllowMethods').map(String),
  allowHeaders: properties.list('AllowHeaders').map(String),
  exposeHeaders: properties.list('ExposeHeaders').map(String),
  allowCredentials: properties.flag('AllowCredentials') ?? false,
  maxAgeSeconds: properties.number('MaxAge'),
});

type Header = readonly [name: string, value: string];

/** A browser takes no `*` for a request with credentials. */
const allowedOrigin = ({ allowOrigins, allowCredentials }: CorsSettings, origin: string): string | undefined => {
  if (allowOrigins.includes('*')) return allowCredentials ? origin : '*';
  const matches = (allowed: string) =>
    allowed.toLowerCase() === origin.toLowerCase() ||
    (allowed.endsWith('://*') && origin.toLowerCase().startsWith(allowed.slice(0, -1)));
  return allowOrigins.some(matches) ? origin : undefined;
};

const originHeaders = (cors: CorsSettings, origin: string): readonly Header[] => {
  const allowed = allowedOrigin(cors, origin);
  if (allowed === undefined) return [];
  const headers: Header[] = [['access-control-allow-origin', allowed]];
  if (cors.allowCredentials) headers.push(['access-control-allow-credentials', 'true']);
  if (cors.exposeHeaders.length > 0) headers.push(['access-control-expose-headers', cors.exposeHeaders.join(',')]);
  return headers;
};

/** The headers of the answer to a preflight request, which no function sees. */
export const preflightHeaders = (cors: CorsSettings, origin: string): readonly Header[] => {
  const headers = [...originHeaders(cors, origin)];
  if (headers.length === 0) return [];
  if (cors.allowMethods.length > 0) headers.push(['access-control-allow-methods', cors.allowMethods.join(',')]);
  if (cors.allowHeaders.length > 0) headers.push(['access-control-allow-headers', cors.allowHeaders.join(',')]);
  if (cors.maxAgeSeconds !== undefined) headers.push(['access-control-max-age', String(cors.maxAgeSeconds)]);
  return headers;
};

/** A response with these CORS headers in place of any the function set: with CORS configured, those are ignored. */
export const withCors = (response: HttpResponse, cors: CorsSettings, origin: string): HttpResponse => {
  const own = response.headers.filter(([name]) => !name.startsWith('access-control-'));
  return { ...response, headers: [...own, ...originHeaders(cors, origin)] };
};
