import type { Gate } from '../core/gate.ts';
import type { InProcessAnswer, InProcessHttp } from './in-process-http.ts';

export interface ClientRequest {
  readonly method: string;
  /** An absolute URL of the system, or a path of its main API. */
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface ClientAnswer {
  readonly status: number;
  readonly headers: InProcessAnswer['headers'];
  readonly body: string;
  /** Set when the connection broke: what became of the request is unknown. */
  readonly code?: InProcessAnswer['code'];
}

/** Sends requests of clients; both ways take time, as calls of functions do. */
export const createClient =
  (gate: Gate, http: InProcessHttp, apiUrl: string | undefined) =>
  async ({ method, url, headers = {}, body = '' }: ClientRequest): Promise<ClientAnswer> => {
    const { port, host, pathname, search } = new URL(url, apiUrl);
    const path = `${pathname}${search}`;
    const subject = `${method} ${path}`;
    await gate.pass('request', subject, body);
    const sent = { method, port: Number(port), path, headers: { host, ...headers }, body: Buffer.from(body) };
    const answer = await http.request(sent);
    const text = answer.body.toString();
    await gate.pass('response', subject, `${answer.status} ${text}`);
    return { status: answer.status, headers: answer.headers, body: text, ...(answer.code && { code: answer.code }) };
  };
