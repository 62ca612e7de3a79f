import { isObject, type Json, type JsonObject } from '../../core/json.ts';
import type { HttpResponse } from '../response.ts';

/** Headers that belong to the connection with the client, which a function does not write. */
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

/** In what API Gateway and function URLs differ. */
export interface AnswerRules {
  /** Where the function names no content type. */
  readonly contentType: string;
  /** What becomes of a body that is not text: its JSON, or a refusal of the whole answer. */
  readonly otherBodies: 'as JSON' | 'refused';
}

const bodyOf = ({ body, isBase64Encoded }: JsonObject, rules: AnswerRules): string | Buffer | undefined => {
  if (body === undefined || body === null) return '';
  if (typeof body !== 'string' && rules.otherBodies === 'refused') return undefined;
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return isBase64Encoded === true ? Buffer.from(text, 'base64') : text;
};

const structured = (answer: JsonObject, rules: AnswerRules): HttpResponse | undefined => {
  const status = Number(answer.statusCode);
  if (!Number.isInteger(status) || status < 200 || status > 599) return undefined;
  const headers = headersOf(answer.headers);
  const body = bodyOf(answer, rules);
  const cookies = answer.cookies ?? [];
  if (!headers || body === undefined || !Array.isArray(cookies)) return undefined;
  if (!headers.some(([name]) => name === 'content-type')) headers.push(['content-type', rules.contentType]);
  for (const cookie of cookies) headers.push(['set-cookie', String(cookie)]);
  return { status, headers, body };
};

/**
 * Reads what a function returned under payload format 2.0: a response when it has a `statusCode`, else the value itself as
 * the body of a 200. Undefined when AWS could not make a response of it.
 */
export const readAnswer = (payload: string, rules: AnswerRules): HttpResponse | undefined => {
  let answer: Json;
  try {
    answer = payload === '' ? null : JSON.parse(payload);
  } catch {
    return undefined;
  }
  if (isObject(answer) && answer.statusCode !== undefined) return structured(answer, rules);
  const body = typeof answer === 'string' ? answer : payload;
  return { status: 200, headers: [['content-type', 'application/json']], body };
};
