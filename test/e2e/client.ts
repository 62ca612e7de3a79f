import type { JsonObject } from '../../functions/kernel/values/json.ts';

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly body: JsonObject;
  readonly text: string;
}

export interface Send {
  readonly body?: unknown;
  /** Sent as it is, with this content type instead of JSON. */
  readonly raw?: { readonly text: string; readonly contentType?: string };
  readonly headers?: Readonly<Record<string, string>>;
}

export type Client = (method: string, path: string, send?: Send) => Promise<Reply>;

const payloadOf = ({ body, raw }: Send): { text?: string; contentType?: string } => {
  if (raw) return { text: raw.text, ...(raw.contentType ? { contentType: raw.contentType } : {}) };
  return body === undefined ? {} : { text: JSON.stringify(body), contentType: 'application/json' };
};

const parse = (text: string): JsonObject => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value))
      : {};
  } catch {
    return {};
  }
};

export const clientOf =
  (baseUrl: string, token?: string): Client =>
  async (method, path, send = {}) => {
    const { text, contentType } = payloadOf(send);
    const response = await fetch(`${baseUrl}${path}`, {
      method,
      redirect: 'manual',
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(contentType === undefined ? {} : { 'content-type': contentType }),
        ...send.headers,
      },
      ...(text === undefined ? {} : { body: text }),
    });
    const answer = await response.text();
    return { status: response.status, headers: response.headers, body: parse(answer), text: answer };
  };
