import { SignatureV4 } from '@smithy/signature-v4';
import type { Transport, TransportRequest } from '../../kernel/calls/transport.ts';
import { post } from '../node/http-post.ts';
import { Sha256 } from '../node/sha256.ts';

interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** Lambda's own credentials; it may renew them while the environment lives, so they are read for every call. */
const lambdaCredentials = async (): Promise<Credentials> => ({
  accessKeyId: process.env.AWS_ACCESS_KEY_ID ?? '',
  secretAccessKey: process.env.AWS_SECRET_ACCESS_KEY ?? '',
  ...(process.env.AWS_SESSION_TOKEN !== undefined && { sessionToken: process.env.AWS_SESSION_TOKEN }),
});

const sign = async (
  { url, body, headers }: TransportRequest,
  service: string,
  credentials: Credentials,
): Promise<Record<string, string>> => {
  const { hostname, host, protocol, port, pathname } = new URL(url);
  const signer = new SignatureV4({
    service,
    region: process.env.AWS_REGION ?? '',
    credentials,
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

/** Signed with the function's role (Signature Version 4); `service` is the signing name: `lambda` for function URLs. */
export const createSignedTransport =
  (service = 'lambda', credentials = lambdaCredentials): Transport =>
  async (request) =>
    post(request, await sign(request, service, await credentials()));
