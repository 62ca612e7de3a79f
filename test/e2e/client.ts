import { SignatureV4 } from '@smithy/signature-v4';
import { Sha256 } from '../../functions/adapters/node/sha256.ts';
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

interface Sent {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string | undefined;
}

const clientWith =
  (baseUrl: string, authorize: (sent: Sent) => Promise<Readonly<Record<string, string>>>): Client =>
  async (method, path, send = {}) => {
    const { text, contentType } = payloadOf(send);
    const url = `${baseUrl}${path}`;
    const headers = { ...(contentType === undefined ? {} : { 'content-type': contentType }), ...send.headers };
    const response = await fetch(url, {
      method,
      redirect: 'manual',
      headers: { ...(await authorize({ method, url, headers, text })), ...headers },
      ...(text === undefined ? {} : { body: text }),
    });
    const answer = await response.text();
    return { status: response.status, headers: response.headers, body: parse(answer), text: answer };
  };

export const clientOf = (baseUrl: string, token?: string): Client =>
  clientWith(baseUrl, async () => (token === undefined ? {} : { authorization: `Bearer ${token}` }));

export interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

/** Signs each request with AWS credentials (Signature Version 4 for `execute-api`). */
export const signingClientOf = (baseUrl: string, credentials: Keys, region: string): Client => {
  const signer = new SignatureV4({ service: 'execute-api', region, credentials, sha256: Sha256 });
  return clientWith(baseUrl, async ({ method, url, headers, text }) => {
    const { protocol, hostname, host, pathname, searchParams } = new URL(url);
    const query = Object.fromEntries(searchParams);
    const request = { method, protocol, hostname, path: pathname, query, headers: { ...headers, host } };
    return (await signer.sign({ ...request, ...(text === undefined ? {} : { body: text }) })).headers;
  });
};
