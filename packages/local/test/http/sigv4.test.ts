import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { SignatureV4 } from '@smithy/signature-v4';
import type { HttpRequest } from '../../src/http/request.ts';
import { verifySigV4 } from '../../src/http/sigv4.ts';
import { Sha256 } from './sha256.ts';

const NOW = Date.UTC(2026, 10, 24, 12, 0, 0);
const KEY = { accessKeyId: 'ASIAEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' };
const SESSION = { ...KEY, sessionToken: 'session-token' };

interface Signing {
  readonly method?: string;
  readonly path?: string;
  readonly query?: Record<string, string | string[]>;
  readonly headers?: Record<string, string>;
  readonly body?: string;
  readonly credentials?: typeof KEY & { readonly sessionToken?: string };
  readonly service?: string;
  readonly region?: string;
  readonly signedAtMs?: number;
}

const escaped = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

const sign = async (signing: Signing = {}): Promise<HttpRequest> => {
  const { method = 'POST', path = '/orders', query = {}, body = '{"sku":"a"}' } = signing;
  const signer = new SignatureV4({
    credentials: signing.credentials ?? SESSION,
    region: signing.region ?? 'us-east-1',
    service: signing.service ?? 'lambda',
    sha256: Sha256,
  });
  const headers = { host: 'localhost:8080', 'content-type': 'application/json', ...signing.headers };
  const request = { method, protocol: 'http:', hostname: 'localhost', port: 8080, path, query, headers, body };
  const signed = await signer.sign(request, { signingDate: new Date(signing.signedAtMs ?? NOW) });
  const pairs = Object.entries(query).flatMap(([name, values]) =>
    [values].flat().map((value) => `${escaped(name)}=${escaped(value)}`),
  );
  return {
    method,
    url: pairs.length > 0 ? `${path}?${pairs.join('&')}` : path,
    headers: signed.headers,
    body: Buffer.from(body),
  };
};

const verify = (request: HttpRequest, key = SESSION) =>
  verifySigV4(request, {
    service: 'lambda',
    region: 'us-east-1',
    nowMs: NOW,
    findKey: (accessKeyId) => (accessKeyId === KEY.accessKeyId ? key : undefined),
  });

describe('the verification of AWS Signature Version 4', () => {
  it.each<[string, Signing]>([
    ['get-vanilla', { method: 'GET', path: '/', body: '' }],
    ['get-vanilla-query-order-key-case', { query: { Param2: 'value2', Param1: 'value1' } }],
    ['get-vanilla-query-order-value', { query: { Param1: ['value2', 'value1'] } }],
    ['get-vanilla-empty-query-key', { query: { Param1: '' } }],
    ['get-utf8', { method: 'GET', path: encodeURI('/ሴ'), body: '' }],
    ['get-vanilla-utf8-query', { query: { ሴ: 'bar' } }],
    ['get-unreserved', { path: '/-._~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ' }],
    ['get-space', { path: '/example%20space/' }],
    ['get-slashes', { path: '//example//' }],
    ['get-slash-dot-slash', { path: '/./' }],
    ['get-relative', { path: '/example/..' }],
    ['get-header-value-trim', { headers: { 'my-header1': ' value1', 'my-header2': '"a   b   c"' } }],
    ['post-sts-header-before', { headers: { 'x-amz-meta': 'one' } }],
    ['query with reserved characters', { query: { q: "a b+c/d=e&f'(x)*!" } }],
    ['an encoded slash', { path: '/a%2Fb' }],
  ])('accepts what the SDK signs: %s', async (_name, signing) => {
    expect(verify(await sign(signing))).toEqual({ accessKeyId: KEY.accessKeyId });
  });

  it('accepts keys without a session', async () => {
    const { sessionToken, ...key } = { ...SESSION, sessionToken: undefined };
    const request = await sign({ credentials: KEY });
    const verdict = verifySigV4(request, {
      service: 'lambda',
      region: 'us-east-1',
      nowMs: NOW,
      findKey: () => ({ ...key, sessionToken }),
    });
    expect(verdict.refusal).toBeUndefined();
  });

  it.each<[string, (request: HttpRequest) => HttpRequest]>([
    ['method', (request) => ({ ...request, method: 'PUT' })],
    ['path', (request) => ({ ...request, url: request.url.replace('/orders', '/order') })],
    ['query value', (request) => ({ ...request, url: request.url.replace('limit=1', 'limit=2') })],
    ['query added', (request) => ({ ...request, url: `${request.url}&admin=1` })],
    ['body', (request) => ({ ...request, body: Buffer.from('{"sku":"b"}') })],
    ['body removed', (request) => ({ ...request, body: Buffer.alloc(0) })],
    ['signed header', (request) => ({ ...request, headers: { ...request.headers, 'content-type': 'text/plain' } })],
    ['host', (request) => ({ ...request, headers: { ...request.headers, host: 'elsewhere' } })],
    ['x-amz header added', (request) => ({ ...request, headers: { ...request.headers, 'x-amz-user': 'root' } })],
    [
      'body and its hash header',
      (request) => ({
        ...request,
        body: Buffer.from('{}'),
        headers: { ...request.headers, 'x-amz-content-sha256': createHash('sha256').update('{}').digest('hex') },
      }),
    ],
    ['date', (request) => ({ ...request, headers: { ...request.headers, 'x-amz-date': '20261124T120001Z' } })],
    [
      'signature',
      (request) => ({
        ...request,
        headers: {
          ...request.headers,
          authorization: (request.headers.authorization ?? '').replace(/.$/, (last) => (last === '0' ? '1' : '0')),
        },
      }),
    ],
    [
      'signed headers shortened',
      (request) => ({
        ...request,
        headers: {
          ...request.headers,
          authorization: (request.headers.authorization ?? '').replace('content-type;', ''),
        },
      }),
    ],
  ])('refuses a changed %s', async (_what, change) => {
    const request = await sign({ query: { limit: '1' } });
    expect(verify(request).refusal).toBeUndefined();
    expect(verify(change(request)).refusal).toMatch(/does not match/);
  });

  it('refuses a key with another secret', async () => {
    expect(verify(await sign(), { ...SESSION, secretAccessKey: 'other' }).refusal).toMatch(/does not match/);
  });

  it.each<[string, Signing, RegExp]>([
    ['an unknown key', { credentials: { ...SESSION, accessKeyId: 'AKIAUNKNOWN' } }, /security token.*invalid/],
    ['another session token', { credentials: { ...SESSION, sessionToken: 'other' } }, /security token.*invalid/],
    ['no session token', { credentials: KEY }, /security token.*invalid/],
    ['another service', { service: 'execute-api' }, /scoped to us-east-1\/lambda/],
    ['another region', { region: 'eu-west-1' }, /scoped to us-east-1\/lambda/],
    ['a date 5 minutes and a second old', { signedAtMs: NOW - 301_000 }, /Signature expired/],
    ['a date 5 minutes and a second ahead', { signedAtMs: NOW + 301_000 }, /not yet current/],
  ])('refuses %s', async (_what, signing, refusal) => {
    expect(verify(await sign(signing)).refusal).toMatch(refusal);
  });

  it.each([-300_000, 300_000])('accepts a date %d ms away', async (skewMs) => {
    expect(verify(await sign({ signedAtMs: NOW + skewMs })).refusal).toBeUndefined();
  });

  it.each([
    ['nothing', undefined, /Missing Authentication Token/],
    ['a bearer token', 'Bearer abc', /Authorization header requires/],
    [
      'half a header',
      'AWS4-HMAC-SHA256 Credential=a/20261124/us-east-1/lambda/aws4_request',
      /Authorization header requires/,
    ],
  ])('refuses %s in place of the Authorization header', async (_what, authorization, refusal) => {
    const { authorization: _signed, ...headers } = (await sign()).headers;
    const request = {
      ...(await sign()),
      headers: authorization === undefined ? headers : { ...headers, authorization },
    };
    expect(verify(request).refusal).toMatch(refusal);
  });

  it("agrees with AWS's published example of a signature", () => {
    // aws-sig-v4-test-suite: get-vanilla
    const request = {
      method: 'GET',
      url: '/',
      headers: {
        host: 'example.amazonaws.com',
        'x-amz-date': '20150830T123600Z',
        authorization:
          'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=host;x-amz-date, Signature=5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31',
      },
      body: Buffer.alloc(0),
    };
    const verdict = verifySigV4(request, {
      service: 'service',
      region: 'us-east-1',
      nowMs: Date.UTC(2015, 7, 30, 12, 36),
      findKey: () => ({ secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' }),
    });
    expect(verdict).toEqual({ accessKeyId: 'AKIDEXAMPLE' });
  });
});
