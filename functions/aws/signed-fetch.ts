import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { SignatureV4 } from '@smithy/signature-v4';
import type { Transport, TransportRequest, TransportResponse } from '../kernel/transport.ts';
import { Sha256 } from './sha256.ts';

const MAX_RESPONSE_BYTES = 1024 * 1024;

const agents = { 'http:': new HttpAgent({ keepAlive: true }), 'https:': new HttpsAgent({ keepAlive: true }) };

/** Lambda's own credentials; it may renew them while the environment lives, so they are read for every call. */
const credentials = () => ({
  accessKeyId: process.env.AWS_ACCESS_KEY_ID ?? '',
  secretAccessKey: process.env.AWS_SECRET_ACCESS_KEY ?? '',
  ...(process.env.AWS_SESSION_TOKEN !== undefined && { sessionToken: process.env.AWS_SESSION_TOKEN }),
});

const sign = async ({ url, body, headers }: TransportRequest, service: string): Promise<Record<string, string>> => {
  const { hostname, host, protocol, port, pathname } = new URL(url);
  const signer = new SignatureV4({
    service,
    region: process.env.AWS_REGION ?? '',
    credentials: credentials(),
    sha256: Sha256,
  });
  const signed = await signer.sign({
    method: 'POST',
    protocol,
    hostname,
    ...(port !== '' && { port: Number(port) }),
    path: pathname,
    query: {},
    headers: { ...headers, host },
    body,
  });
  return signed.headers;
};

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

const send = (request: TransportRequest, headers: Record<string, string>): Promise<TransportResponse> =>
  new Promise((resolve, reject) => {
    const { url, body, timeoutMs } = request;
    const isTls = url.startsWith('https:');
    const options = {
      method: 'POST',
      headers: { ...headers, 'content-length': Buffer.byteLength(body) },
      agent: isTls ? agents['https:'] : agents['http:'],
      signal: AbortSignal.timeout(Math.max(1, timeoutMs)),
    };
    (isTls ? httpsRequest : httpRequest)(url, options, (response) => read(response).then(resolve, reject))
      .on('error', reject)
      .end(body);
  });

/** Signed with the function's role (Signature Version 4); `service` is whose door it is: `lambda` for function URLs. */
export const createSignedTransport =
  (service = 'lambda'): Transport =>
  async (request) =>
    send(request, await sign(request, service));
