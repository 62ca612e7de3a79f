import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import type { Transport, TransportRequest, TransportResponse } from '../../kernel/calls/transport.ts';

const MAX_RESPONSE_BYTES = 1024 * 1024;

const agents = { 'http:': new HttpAgent({ keepAlive: true }), 'https:': new HttpsAgent({ keepAlive: true }) };

const read = async (response: IncomingMessage): Promise<TransportResponse> => {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response) {
    bytes += chunk.length;
    if (bytes > MAX_RESPONSE_BYTES) throw new Error(`the response is larger than ${MAX_RESPONSE_BYTES} bytes`);
    chunks.push(chunk);
  }
  return { status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8') };
};

interface Sent {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly body: string;
  readonly timeoutMs: number;
  readonly headers: Readonly<Record<string, string>>;
}

const send = ({ method, url, body, timeoutMs, headers }: Sent): Promise<TransportResponse> =>
  new Promise((resolve, reject) => {
    const isTls = url.startsWith('https:');
    const options = {
      method,
      headers: { ...headers, 'content-length': Buffer.byteLength(body) },
      agent: isTls ? agents['https:'] : agents['http:'],
      signal: AbortSignal.timeout(Math.max(1, timeoutMs)),
    };
    (isTls ? httpsRequest : httpRequest)(url, options, (response) => {
      read(response).then(resolve, reject);
    })
      .on('error', reject)
      .end(body);
  });

/** One POST, no redirect followed. */
export const post = (request: TransportRequest, headers: Record<string, string>): Promise<TransportResponse> =>
  send({ ...request, method: 'POST', headers });

/** One GET, no redirect followed. */
export const get = (url: string, timeoutMs: number): Promise<TransportResponse> =>
  send({ method: 'GET', url, body: '', timeoutMs, headers: {} });

/** To a party outside AWS: our credentials sign nothing that leaves for there. */
export const plainTransport: Transport = (request) => post(request, { ...request.headers });
