import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { World } from '../../../core/world.ts';
import type { Exchange } from '../request/exchange.ts';
import type { IncomingParts } from '../request/incoming-parts.ts';
import { forbidden } from '../respond/gateway-response.ts';
import type { Authorization, Authorize } from './jwt-authorizer.ts';

const AUTHORIZATION =
  /^AWS4-HMAC-SHA256 Credential=([^/,\s]+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request,\s*SignedHeaders=([^,\s]+),\s*Signature=([0-9a-f]{64})$/;

/** A signature is good for five minutes either side of its `x-amz-date`. */
const MAX_SKEW_MS = 5 * 60_000;

const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();
const sha256 = (text: string | Buffer) => createHash('sha256').update(text).digest('hex');
const encode = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

const canonicalQuery = (rawQueryString: string): string =>
  [...new URLSearchParams(rawQueryString)]
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .sort()
    .join('&');

/** Every service but S3 encodes the path twice: once as sent, once for the signature. */
const canonicalPath = (path: string): string => path.split('/').map(encode).map(encode).join('/');

const epochMsOf = (amzDate: string): number => {
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(amzDate);
  if (!parts) return Number.NaN;
  const [, year, month, day, hour, minute, second] = parts.map(Number);
  return Date.UTC(year ?? 0, (month ?? 1) - 1, day, hour, minute, second);
};

interface SignedRequest {
  readonly exchange: Exchange;
  readonly parts: IncomingParts;
  readonly bodyHash: string;
}

const isSignedBy = (secret: string, match: RegExpExecArray, { exchange, parts, bodyHash }: SignedRequest): boolean => {
  const [, , date = '', region = '', service = '', signedHeaders = '', signature = ''] = match;
  const amzDate = parts.headers['x-amz-date'] ?? '';
  const headers = signedHeaders.split(';').map((name) => `${name}:${(parts.headers[name] ?? '').trim()}\n`);
  const canonical = [
    exchange.method,
    canonicalPath(exchange.path),
    canonicalQuery(exchange.rawQueryString),
    headers.join(''),
    signedHeaders,
    bodyHash,
  ].join('\n');
  const scope = `${date}/${region}/${service}/aws4_request`;
  const toSign = ['AWS4-HMAC-SHA256', amzDate, scope, sha256(canonical)].join('\n');
  const key = hmac(hmac(hmac(hmac(`AWS4${secret}`, date), region), service), 'aws4_request');
  return timingSafeEqual(hmac(key, toSign), Buffer.from(signature, 'hex'));
};

/** AWS_IAM: a Signature Version 4 for `execute-api` in the Authorization header, made with keys that the runtime issued. */
export const createIamAuthorizer =
  (world: World): Authorize =>
  (exchange, parts, body): Authorization => {
    const refused = { refused: forbidden };
    const match = AUTHORIZATION.exec(parts.headers.authorization ?? '');
    if (match?.[4] !== 'execute-api' || match[3] !== world.region) return refused;
    const skewMs = Math.abs(world.clock.now() - epochMsOf(parts.headers['x-amz-date'] ?? ''));
    const accessKey = match[1] ?? '';
    const holder = world.credentials.find(accessKey);
    if (!holder || !(skewMs <= MAX_SKEW_MS)) return refused;
    if (!isSignedBy(holder.secretAccessKey, match, { exchange, parts, bodyHash: sha256(body) })) return refused;
    const userArn = holder.caller.principal;
    exchange.principal = userArn;
    const callerId = holder.caller.functionName ?? accessKey;
    const iam = { accessKey, accountId: world.account, callerId, cognitoIdentity: null, principalOrgId: null, userArn };
    return { authorizerJson: JSON.stringify({ iam: { ...iam, userId: callerId } }) };
  };
