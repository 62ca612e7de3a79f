import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { Caller } from '../core/aws-call.ts';
import type { World } from '../core/world.ts';
import type { HttpRequest } from './request.ts';

export interface SigningKey {
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
}

export interface SigV4Expectation {
  readonly service: string;
  readonly region: string;
  readonly nowMs: number;
  readonly findKey: (accessKeyId: string) => SigningKey | undefined;
}

export type SigV4Verdict =
  | { readonly accessKeyId: string; readonly refusal?: undefined }
  | { readonly refusal: string };

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html: five minutes either way. */
const MAX_SKEW_MS = 5 * 60_000;
const AUTHORIZATION =
  /^AWS4-HMAC-SHA256 Credential=([\w-]+)\/(\d{8})\/([\w-]+)\/([\w-]+)\/aws4_request, ?SignedHeaders=([\w;-]+), ?Signature=([0-9a-f]{64})$/;
const AMZ_DATE = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/;

const sha256 = (data: string | Buffer): string => createHash('sha256').update(data).digest('hex');
const hmac = (key: string | Buffer, data: string): Buffer => createHmac('sha256', key).update(data).digest();

/** RFC 3986: everything but letters, digits and `-._~` is escaped. */
const escapeUri = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

const unescapeUri = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/** Every service but S3 normalizes the path and escapes what was sent once more. */
const canonicalPath = (path: string): string => {
  const segments: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '..') segments.pop();
    else if (segment !== '' && segment !== '.') segments.push(escapeUri(segment));
  }
  return segments.length === 0 ? '/' : `/${segments.join('/')}${path.endsWith('/') ? '/' : ''}`;
};

const canonicalQuery = (query: string): string =>
  query
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const [name = '', ...value] = pair.split('=');
      return [escapeUri(unescapeUri(name)), escapeUri(unescapeUri(value.join('=')))] as const;
    })
    .sort(([nameA, valueA], [nameB, valueB]) => {
      if (nameA !== nameB) return nameA < nameB ? -1 : 1;
      return valueA < valueB ? -1 : Number(valueA > valueB);
    })
    .map(([name, value]) => `${name}=${value}`)
    .join('&');

const canonicalHeader = (value: string): string => value.trim().replace(/ {2,}/g, ' ');

const epochMsOf = (amzDate: string): number => {
  const match = AMZ_DATE.exec(amzDate);
  if (!match) return Number.NaN;
  const [, year, month, day, hour, minute, second] = match;
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
};

const canonicalRequest = (request: HttpRequest, signedHeaders: string): string => {
  const [path = '/', ...query] = request.url.split('?');
  return [
    request.method,
    canonicalPath(path),
    canonicalQuery(query.join('?')),
    ...signedHeaders.split(';').map((name) => `${name}:${canonicalHeader(request.headers[name] ?? '')}`),
    '',
    signedHeaders,
    sha256(request.body),
  ].join('\n');
};

const isSigned = (signedHeaders: string, headers: HttpRequest['headers']): boolean => {
  const names = signedHeaders.split(';');
  const mustBeSigned = Object.keys(headers).filter((name) => name === 'host' || name.startsWith('x-amz-'));
  return names.includes('host') && mustBeSigned.every((name) => names.includes(name));
};

const MISMATCH =
  'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method.';

/** Verifies AWS Signature Version 4 in the Authorization header: key, scope, date, session token, body and signature. */
export const verifySigV4 = (request: HttpRequest, expected: SigV4Expectation): SigV4Verdict => {
  const { headers } = request;
  if (headers.authorization === undefined) return { refusal: 'Missing Authentication Token' };
  const match = AUTHORIZATION.exec(headers.authorization);
  if (!match) return { refusal: 'Authorization header requires Credential, SignedHeaders and Signature.' };
  const [, accessKeyId = '', day = '', region = '', service = '', signedHeaders = '', signature = ''] = match;

  const amzDate = headers['x-amz-date'] ?? '';
  const signedAtMs = epochMsOf(amzDate);
  if (Number.isNaN(signedAtMs) || !amzDate.startsWith(day)) {
    return { refusal: "Authorization header requires existence of an 'X-Amz-Date' header of the credential's day." };
  }
  if (service !== expected.service || region !== expected.region) {
    return { refusal: `Credential should be scoped to ${expected.region}/${expected.service}.` };
  }
  if (signedAtMs < expected.nowMs - MAX_SKEW_MS) return { refusal: `Signature expired: ${amzDate}` };
  if (signedAtMs > expected.nowMs + MAX_SKEW_MS) return { refusal: `Signature not yet current: ${amzDate}` };

  const key = expected.findKey(accessKeyId);
  if (!key || headers['x-amz-security-token'] !== key.sessionToken) {
    return { refusal: 'The security token included in the request is invalid.' };
  }
  const claimedHash = headers['x-amz-content-sha256'];
  if (claimedHash !== undefined && claimedHash !== sha256(request.body)) return { refusal: MISMATCH };
  if (!isSigned(signedHeaders, headers)) return { refusal: MISMATCH };

  const scope = `${day}/${region}/${service}/aws4_request`;
  const toSign = ['AWS4-HMAC-SHA256', amzDate, scope, sha256(canonicalRequest(request, signedHeaders))].join('\n');
  const signingKey = [day, region, service, 'aws4_request'].reduce<string | Buffer>(
    (derived, part) => hmac(derived, part),
    `AWS4${key.secretAccessKey}`,
  );
  const calculated = hmac(signingKey, toSign);
  return timingSafeEqual(calculated, Buffer.from(signature, 'hex')) ? { accessKeyId } : { refusal: MISMATCH };
};

export interface Signer {
  readonly accessKeyId: string;
  readonly caller: Caller;
}

/** Who signed a request for `service` with a key of this system, or why the signature is refused. */
export const signerOf = (
  { region, clock, credentials }: World,
  service: string,
  request: HttpRequest,
): Signer | { readonly refusal: string } => {
  const verdict = verifySigV4(request, { service, region, nowMs: clock.now(), findKey: credentials.find });
  if (verdict.refusal !== undefined) return verdict;
  const holder = credentials.find(verdict.accessKeyId);
  return holder ? { accessKeyId: verdict.accessKeyId, caller: holder.caller } : { refusal: 'Forbidden' };
};
