import type { ServerResponse } from 'node:http';
import type { Json } from '../core/json.ts';

type Headers = readonly (readonly [name: string, value: string])[];

/** An answer before it is written. Header names are lower-case; a name may stand more than once (`set-cookie`). */
export interface HttpResponse {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string | Buffer;
}

export const jsonResponse = (status: number, body: Json, headers: Headers = []): HttpResponse => ({
  status,
  headers: [['content-type', 'application/json'], ...headers],
  body: JSON.stringify(body),
});

const hasBody = (status: number): boolean => status !== 204 && status !== 304;

/** Returns the length of the body. Throws for what HTTP cannot carry, e.g. a line break in a header. */
export const writeResponse = (outgoing: ServerResponse, { status, headers, body }: HttpResponse): number => {
  const length = Buffer.byteLength(body);
  const flat: string[] = [];
  for (const [name, value] of headers) flat.push(name, value);
  if (hasBody(status)) flat.push('content-length', String(length));
  outgoing.writeHead(status, flat);
  outgoing.end(body);
  return length;
};
