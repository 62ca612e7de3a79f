import { isObject, type Json, type JsonObject } from '../../core/json.ts';
import type { GatewayResponse } from '../../services/apigateway/respond/gateway-response.ts';

/** Headers that belong to the connection with the client, which the gateway writes itself. */
const OWN_HEADERS = new Set([
  'connection',
  'content-length',
  'keep-alive',
  'proxy-authenticate',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

type Header = readonly [string, string];

const isScalar = (value: Json): value is string | number | boolean =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';

const headersOf = (headers: Json | undefined): Header[] | undefined => {
  if (headers === undefined || headers === null) return [];
  if (!isObject(headers)) return undefined;
  const written: Header[] = [];
  for (const [name, value] of Object.entries(headers)) {
    if (!isScalar(value)) return undefined;
    const lowerCase = name.toLowerCase();
    if (!OWN_HEADERS.has(lowerCase)) written.push([lowerCase, String(value)]);
  }
  return written;
};

const bodyOf = (answer: JsonObject): string | Buffer | undefined => {
  const { body, isBase64Encoded } = answer;
  if (body === undefined || body === null) return '';
  if (typeof body !== 'string') return undefined;
  return isBase64Encoded === true ? Buffer.from(body, 'base64') : body;
};

const structured = (answer: JsonObject): GatewayResponse | undefined => {
  const status = Number(answer.statusCode);
  if (!Number.isInteger(status) || status < 200 || status > 599) return undefined;
  const headers = headersOf(answer.headers);
  const body = bodyOf(answer);
  const cookies = answer.cookies ?? [];
  if (!headers || body === undefined || !Array.isArray(cookies)) return undefined;
  if (!headers.some(([name]) => name === 'content-type')) headers.push(['content-type', 'text/plain;charset=UTF-8']);
  for (const cookie of cookies) headers.push(['set-cookie', String(cookie)]);
  return { status, headers, body };
};

/**
 * Reads what a function returned under payload format 2.0: a response when it has a `statusCode`, else the value itself as
 * the body of a 200. Undefined when API Gateway could not make a response of it.
 */
export const readLambdaResponse = (payload: string): GatewayResponse | undefined => {
  let answer: Json;
  try {
    answer = payload === '' ? null : JSON.parse(payload);
  } catch {
    return undefined;
  }
  if (isObject(answer) && answer.statusCode !== undefined) return structured(answer);
  const body = typeof answer === 'string' ? answer : payload;
  return { status: 200, headers: [['content-type', 'application/json']], body };
};
