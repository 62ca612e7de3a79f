import type { CorsSettings } from '../../../http/cors-settings.ts';

type Headers = Record<string, string>;

const originHeaders = (cors: CorsSettings, origin: string): Headers | undefined => {
  const any = cors.allowOrigins.includes('*');
  if (!any && !cors.allowOrigins.includes(origin)) return undefined;
  return {
    'access-control-allow-origin': any && !cors.allowCredentials ? '*' : origin,
    ...(cors.allowCredentials ? { 'access-control-allow-credentials': 'true' } : {}),
    vary: 'Origin',
  };
};

/** What a URL adds to an answer; its CORS settings win over headers that the function sets. */
export const corsHeaders = (cors: CorsSettings | undefined, origin: string | undefined): Headers => {
  const headers = cors && origin !== undefined ? originHeaders(cors, origin) : undefined;
  if (!cors || !headers) return {};
  return cors.exposeHeaders.length > 0
    ? { ...headers, 'access-control-expose-headers': cors.exposeHeaders.join(',') }
    : headers;
};

/** The answer to a preflight request; the function does not see it. */
export const preflightHeaders = (cors: CorsSettings, origin: string): Headers => {
  const headers = originHeaders(cors, origin);
  if (!headers) return {};
  return {
    ...headers,
    ...(cors.allowMethods.length > 0 ? { 'access-control-allow-methods': cors.allowMethods.join(',') } : {}),
    ...(cors.allowHeaders.length > 0 ? { 'access-control-allow-headers': cors.allowHeaders.join(',') } : {}),
    ...(cors.maxAgeSeconds === undefined ? {} : { 'access-control-max-age': String(cors.maxAgeSeconds) }),
  };
};
