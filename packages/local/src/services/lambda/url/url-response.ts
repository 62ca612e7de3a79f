import { isObject, type Json } from '../../../core/json.ts';

export interface UrlResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: string | Buffer;
}

export const urlRefusal = (status: number, message: string): UrlResponse => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ Message: message }),
});

export const INTERNAL_SERVER_ERROR: UrlResponse = {
  status: 502,
  headers: { 'content-type': 'text/plain' },
  body: 'Internal Server Error',
};

const headersOf = (headers: Json | undefined): Record<string, string> =>
  isObject(headers)
    ? Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]))
    : {};

const bodyOf = (body: Json | undefined, isBase64Encoded: boolean): string | Buffer => {
  if (body === undefined || body === null) return '';
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return isBase64Encoded ? Buffer.from(text, 'base64') : text;
};

/** What a function returned, read under payload format 2.0: a response if it has a `statusCode`, else a body of 200. */
export const readUrlResponse = (payload: string): UrlResponse => {
  const answer: Json = JSON.parse(payload);
  if (!isObject(answer) || answer.statusCode === undefined) {
    const body = typeof answer === 'string' ? answer : payload;
    return { status: 200, headers: { 'content-type': 'application/json' }, body };
  }
  const status = Number(answer.statusCode);
  if (!Number.isInteger(status) || status < 200 || status > 599) return INTERNAL_SERVER_ERROR;
  const cookies = Array.isArray(answer.cookies) ? answer.cookies.map(String) : [];
  return {
    status,
    headers: {
      'content-type': 'application/json',
      ...headersOf(answer.headers),
      ...(cookies.length > 0 ? { 'set-cookie': cookies } : {}),
    },
    body: bodyOf(answer.body, answer.isBase64Encoded === true),
  };
};
