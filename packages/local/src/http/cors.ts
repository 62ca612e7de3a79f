import type { GatewayResponse } from '../services/apigateway/respond/gateway-response.ts';
import type { CorsSettings } from './cors-settings.ts';

type Headers = GatewayResponse['headers'];

const allowedOrigin = ({ allowOrigins }: CorsSettings, origin: string): string | undefined => {
  if (allowOrigins.includes('*')) return '*';
  const matches = (allowed: string) =>
    allowed.toLowerCase() === origin.toLowerCase() ||
    (allowed.endsWith('://*') && origin.toLowerCase().startsWith(allowed.slice(0, -1)));
  return allowOrigins.some(matches) ? origin : undefined;
};

const common = (cors: CorsSettings, origin: string): [string, string][] => {
  const allowed = allowedOrigin(cors, origin);
  if (allowed === undefined) return [];
  const headers: [string, string][] = [['access-control-allow-origin', allowed]];
  if (cors.allowCredentials) headers.push(['access-control-allow-credentials', 'true']);
  if (cors.exposeHeaders.length > 0) headers.push(['access-control-expose-headers', cors.exposeHeaders.join(',')]);
  return headers;
};

/** The answer to a preflight request, which no integration sees. */
export const preflightResponse = (cors: CorsSettings, origin: string): GatewayResponse => {
  const headers = common(cors, origin);
  if (headers.length > 0) {
    if (cors.allowMethods.length > 0) headers.push(['access-control-allow-methods', cors.allowMethods.join(',')]);
    if (cors.allowHeaders.length > 0) headers.push(['access-control-allow-headers', cors.allowHeaders.join(',')]);
    if (cors.maxAgeSeconds !== undefined) headers.push(['access-control-max-age', String(cors.maxAgeSeconds)]);
  }
  return { status: 204, headers, body: '' };
};

/** A response with the API's CORS headers in place of any the integration set: with CORS configured, those are ignored. */
export const withCors = (response: GatewayResponse, cors: CorsSettings, origin: string): GatewayResponse => {
  const own: Headers = response.headers.filter(([name]) => !name.startsWith('access-control-'));
  return { ...response, headers: [...own, ...common(cors, origin)] };
};
