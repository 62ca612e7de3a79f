import { setImmediate } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from '@jest/globals';
import * as z from 'zod/mini';
import { defineQuery } from '../../../../events/contracts/define.ts';
import { createServiceClient } from '../../../../functions/kernel/calls/service-client.ts';
import type { ServiceInstance } from '../../../../functions/kernel/calls/service-lookup.ts';
import type { TransportRequest, TransportResponse } from '../../../../functions/kernel/calls/transport.ts';
import { Refused } from '../../../../functions/kernel/values/errors.ts';
import { Secret } from '../../../../functions/kernel/values/secret.ts';
import { createRecordingRuntime, type RecordingRuntime } from '../../../support/recording-runtime.ts';

const priceOf = defineQuery('catalog', 'PriceOf.v1', z.object({ sku: z.string() }), z.object({ amount: z.int() }));
const cause = { correlationId: 'c-1', causationId: 'r', traceparent: 'tp' };
const instance = (id: string, origin = 'deploy', url = `https://${id}.example`): ServiceInstance => ({
  id,
  url,
  origin,
});
const down = new Refused({ outcome: 'unavailable', code: 'dependency-unavailable', detail: 'down' });
const ok = (amount = 5): TransportResponse => ({ status: 200, body: JSON.stringify({ amount }) });

let runtime: RecordingRuntime;
let requests: TransportRequest[];
let instances: () => Promise<readonly ServiceInstance[]>;
let lookups: number;
let reply: (request: TransportRequest) => Promise<TransportResponse>;
beforeEach(() => {
  runtime = createRecordingRuntime();
  requests = [];
  lookups = 0;
  instances = async () => [instance('a')];
  reply = async () => ok();
});

const createClient = (allowedHost?: RegExp) =>
  createServiceClient({
    clock: runtime.clock,
    random: runtime.random,
    log: runtime.log,
    pause: async (ms) => runtime.advance(ms),
    lookup: {
      instances: () => {
        lookups += 1;
        return instances();
      },
    },
    transport: async (request) => {
      requests.push(request);
      return await reply(request);
    },
    ...(allowedHost && { allowedHost }),
  });
const asking = (client = createClient(), deadlineMs = 5_000) =>
  client.ask(priceOf, { sku: 'lamp' }, { cause, deadlineMs });
const unavailable = { refusal: { outcome: 'unavailable' } };

describe('a service client', () => {
  it('posts the question to the instance and gives the answer as the contract types it', async () => {
    reply = async () => ({ status: 200, body: '{"amount":5,"laterAddition":1}' });
    expect(await asking()).toEqual({ amount: 5 });
    expect(requests).toEqual([
      {
        url: 'https://a.example/internal/PriceOf.v1',
        body: '{"sku":"lamp"}',
        headers: { 'content-type': 'application/json', 'x-correlation-id': 'c-1', traceparent: 'tp' },
        timeoutMs: 1500,
      },
    ]);
  });

  it('brings the token of the person for whom it asks, and asks for no one where one is required', async () => {
    const caller = new Secret('a.b.c');
    await createClient().ask(priceOf, { sku: 'lamp' }, { cause, deadlineMs: 5_000, caller });
    expect(requests.at(-1)?.headers).toMatchObject({ 'x-caller-token': 'a.b.c' });
    const mine = { ...priceOf, caller: 'required' } as const;
    await expect(createClient().ask(mine, { sku: 'lamp' }, { cause, deadlineMs: 5_000 })).rejects.toThrow('for no one');
  });

  it.each([500, 502, 503, 429])('repeats after a %i, three times at most', async (status) => {
    reply = async () => ({ status, body: '' });
    await expect(asking()).rejects.toMatchObject(unavailable);
    expect(requests).toHaveLength(3);
  });

  it('repeats when no response came', async () => {
    reply = async () => (requests.length < 2 ? Promise.reject(new Error('ECONNRESET')) : ok());
    expect(await asking()).toEqual({ amount: 5 });
  });

  it.each([
    ['refuses the request', { status: 422, body: '' }],
    ['refuses the signature', { status: 403, body: '' }],
    ['redirects', { status: 302, body: '' }],
    ['answers no JSON', { status: 200, body: '<html>' }],
    ['breaks its contract', { status: 200, body: '{"amount":"5"}' }],
  ])('is unavailable, without repeating, when the other side %s', async (_what, response) => {
    reply = async () => response;
    await expect(asking()).rejects.toMatchObject(unavailable);
    expect(requests).toHaveLength(1);
  });

  it('asks nobody when its caller has no time left', async () => {
    await expect(asking(createClient(), 400)).rejects.toMatchObject(unavailable);
    expect(requests).toEqual([]);
  });

  it('looks instances up once in 5 s, also for many at once', async () => {
    const client = createClient();
    await Promise.all([asking(client), asking(client), asking(client)]);
    runtime.advance(4_999);
    await asking(client);
    expect(lookups).toBe(1);
    runtime.advance(1);
    await asking(client);
    expect(lookups).toBe(2);
  });

  it('serves from the last known good instances for 5 min when the directory is down', async () => {
    const client = createClient();
    await asking(client);
    instances = () => Promise.reject(down);
    runtime.advance(5 * 60_000);
    expect(await asking(client)).toEqual({ amount: 5 });
    runtime.advance(1);
    await expect(asking(client)).rejects.toMatchObject(unavailable);
  });

  it('believes the directory that nobody is healthy', async () => {
    const client = createClient();
    await asking(client);
    instances = async () => [];
    runtime.advance(5_000);
    await expect(asking(client)).rejects.toMatchObject(unavailable);
    expect(requests).toHaveLength(1);
  });

  it.each([
    ['metadata service', instance('x', 'lease', 'http://169.254.169.254')],
    ['loopback', instance('x', 'lease', 'http://127.0.0.1:3000')],
    ['user in the address', instance('x', 'lease', 'https://a.svc.internal@evil.example')],
    ['path in the address', instance('x', 'deploy', 'https://evil.example/a.svc.internal')],
    ['longer host', instance('x', 'lease', 'https://a.svc.internal.evil.example')],
    ['another scheme', instance('x', 'deploy', 'file:///etc/passwd')],
  ])('never calls a host that nobody vouches for: %s', async (_what, foreign) => {
    instances = async () => [foreign];
    await expect(asking(createClient(/^[a-z]+\.svc\.internal$/))).rejects.toMatchObject(unavailable);
    expect(requests).toEqual([]);
  });

  it.each(['https://x.svc.internal', 'http://a.svc.internal:8080', 'https://catalog.example'])(
    'calls only what a deployment registered when no pattern permits more: %s',
    async (url) => {
      instances = async () => [instance('x', 'lease', url)];
      await expect(asking()).rejects.toMatchObject(unavailable);
      expect(requests).toEqual([]);
      instances = async () => [instance('x', 'lease', url), instance('x', 'deploy', url)];
      expect(await asking(createClient())).toEqual({ amount: 5 });
    },
  );

  it('calls a host of the permitted pattern', async () => {
    instances = async () => [instance('x', 'lease', 'http://a.svc.internal:8080')];
    expect(await asking(createClient(/^[a-z]+\.svc\.internal$/))).toEqual({ amount: 5 });
  });

  it('turns from an instance that fails to one that does not', async () => {
    instances = async () => [instance('a'), instance('b')];
    reply = async ({ url }) => (url.startsWith('https://a.') ? Promise.reject(new Error('down')) : ok());
    const client = createClient();
    for (let call = 0; call < 20; call += 1) expect(await asking(client)).toEqual({ amount: 5 });
    expect(requests.filter(({ url }) => url.startsWith('https://a.')).length).toBeLessThanOrEqual(5);
  });

  it('stops calling after 5 failures in a row, then sends one probe, and recovers with it', async () => {
    const client = createClient();
    reply = () => Promise.reject(new Error('down'));
    await asking(client).catch(() => {});
    await asking(client).catch(() => {});
    expect(requests).toHaveLength(5);
    await expect(asking(client)).rejects.toMatchObject(unavailable);
    expect(requests).toHaveLength(5);

    runtime.advance(10_000);
    let answer = (_response: TransportResponse) => {};
    reply = () =>
      new Promise((resolve) => {
        answer = resolve;
      });
    const many = Array.from({ length: 20 }, () => asking(client));
    const settled = Promise.allSettled(many);
    // By the next turn everything is done that does not wait for the answer.
    await setImmediate();
    expect(requests).toHaveLength(6);
    answer(ok());
    expect((await settled).filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    reply = async () => ok();
    expect(await asking(client)).toEqual({ amount: 5 });
  });
});
