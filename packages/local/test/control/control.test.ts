import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { isObject, type JsonObject } from '../../src/core/json.ts';
import type { InvocationRequest, TokenRequest } from '../../src/core/ports.ts';
import type { CreateServices } from '../../src/runtime/services.ts';
import { type Runtime, startRuntime } from '../../src/runtime/start-runtime.ts';
import { writeAssembly } from '../assembly/written-assembly.ts';

const named = (type: string) => ({
  type,
  honoured: ['Name'],
  identify: ({ properties }: { readonly properties: JsonObject }) => ({ ref: String(properties.Name), attributes: {} }),
});

const tokens: TokenRequest[] = [];
const invocations: InvocationRequest[] = [];

/** Provides the ports that the control API uses, and remembers what it asks of them. */
const services: CreateServices = (world) => {
  world.provide('issuers', {
    issue: async (asked) => {
      tokens.push(asked);
      return `token of ${asked.sub}`;
    },
    jwks: () => undefined,
  });
  world.provide('tables', { items: async (table) => [{ pk: 'one', table }] });
  world.provide('functions', {
    invoke: async (asked) => {
      invocations.push(asked);
      return { requestId: 'r-1', payload: '{"done":true}' };
    },
    invokeAsync: () => 'r-2',
    reload: () => [],
    names: () => [],
  });
  return [
    {
      signingName: 'sqs',
      resourceTypes: [named('AWS::DynamoDB::Table'), named('AWS::Lambda::Function')],
      inspect: () => [{ name: 'a-queue', visible: 0 }],
    },
  ];
};

let runtime: Runtime;
beforeAll(async () => {
  const table = { Type: 'AWS::DynamoDB::Table', Properties: { Name: 'dev-users-table' } };
  const handler = { Type: 'AWS::Lambda::Function', Properties: { Name: 'dev-users-get-user' } };
  const assemblyFolder = writeAssembly({
    Users: { template: { Resources: { table, handler } }, properties: { stackName: 'dev-users' } },
    Other: { template: { Resources: {} } },
  });
  runtime = await startRuntime({ assemblyFolder, services });
});
afterAll(() => runtime.stop());

const call = async (method: string, path: string, body?: JsonObject, headers: Record<string, string> = {}) => {
  const response = await fetch(`${runtime.controlUrl}${path}`, {
    method,
    headers: { authorization: `Bearer ${runtime.controlToken}`, ...headers },
    ...(body && { body: JSON.stringify(body) }),
  });
  const answer = (await response.json()) as JsonObject;
  return { status: response.status, answer };
};

const statusFor = (headers: Record<string, string>) =>
  new Promise<number | undefined>((resolve, reject) => {
    request(`${runtime.controlUrl}/control/queues`, { headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });

describe('the control API', () => {
  it('answers only to the bearer token', async () => {
    expect(await statusFor({})).toBe(401);
    expect(await statusFor({ authorization: 'Bearer nearly' })).toBe(401);
    expect(await statusFor({ authorization: `Bearer ${runtime.controlToken}` })).toBe(200);
  });

  it('refuses a foreign Host even with the token', async () => {
    expect(await statusFor({ authorization: `Bearer ${runtime.controlToken}`, host: 'rebound.example' })).toBe(403);
  });

  it('issues tokens as asked and names the field that does not fit', async () => {
    const asked = { sub: 'alice', groups: ['admin'], expiresInSeconds: -5, claims: { iss: 'elsewhere' } };
    expect(await call('POST', '/control/token', asked)).toEqual({
      status: 200,
      answer: { accessToken: 'token of alice' },
    });
    expect(tokens.at(-1)).toEqual(asked);
    expect(await call('POST', '/control/token', { groups: ['a'] })).toMatchObject({ status: 400 });
    expect((await call('POST', '/control/token', { sub: 'a', group: 'b' })).answer.message).toMatch(
      /^group is unknown/,
    );
  });

  it('gives every item of every table of a service', async () => {
    expect((await call('GET', '/control/tables/users')).answer).toEqual({
      service: 'users',
      items: [{ pk: 'one', table: 'dev-users-table' }],
      tables: [{ name: 'dev-users-table', items: [{ pk: 'one', table: 'dev-users-table' }] }],
    });
    expect(await call('GET', '/control/tables/nobody')).toMatchObject({ status: 404 });
  });

  it('invokes a function by its short name', async () => {
    const { answer } = await call('POST', '/control/invoke', { function: 'users/get-user', event: { a: 1 } });
    expect(answer).toEqual({ functionName: 'dev-users-get-user', requestId: 'r-1', payload: '{"done":true}' });
    expect(invocations.at(-1)).toMatchObject({ functionName: 'dev-users-get-user', payload: '{"a":1}' });
    const unknown = await call('POST', '/control/invoke', { function: 'users/nothing' });
    expect(unknown).toMatchObject({ status: 404, answer: { code: 'ResourceNotFoundException' } });
  });

  it('shows the journal newest first', async () => {
    runtime.world.journal.record('events', { id: 'e-1', atMs: 1 });
    runtime.world.journal.record('events', { id: 'e-2', atMs: 2 });
    expect((await call('GET', '/control/events')).answer).toMatchObject([{ id: 'e-2' }, { id: 'e-1' }]);
  });

  it('refuses a query parameter that it does not know, and names those that it does', async () => {
    expect(await call('GET', '/control/logs?limt=1')).toEqual({
      status: 400,
      answer: { message: 'limt is unknown; /control/logs takes correlationId, limit, since' },
    });
    expect((await call('GET', '/control/queues?limit=1')).answer.message).toMatch(/takes no parameters$/);
    for (const wrong of ['limit=0', 'limit=some', 'since=noon', 'limit=1&limit=2']) {
      expect(await call('GET', `/control/calls?${wrong}`)).toMatchObject({ status: 400 });
    }
  });

  it('gives the newest entries since a time, with readable times', async () => {
    const { journal } = runtime.world;
    for (const atMs of [1_000, 2_000, 3_000]) journal.record('calls', { id: `c-${atMs}`, atMs });
    const since = '/control/calls?since=1970-01-01T00:00:02Z';
    const both = [
      { id: 'c-3000', at: '1970-01-01T00:00:03.000Z' },
      { id: 'c-2000', at: '1970-01-01T00:00:02.000Z' },
    ];
    expect((await call('GET', since)).answer).toMatchObject(both);
    expect((await call('GET', '/control/calls?since=2000')).answer).toMatchObject(both);
    expect((await call('GET', `${since}&limit=1`)).answer).toMatchObject(both.slice(0, 1));
  });

  it('gives everything that belongs to a correlation id, and nothing that belongs to another', async () => {
    const { journal } = runtime.world;
    const mine = { correlationId: 'mine' };
    journal.record('requests', { id: 'q', atMs: 1, invocationId: 'i-1', traceId: 't-1', ...mine });
    journal.record('logs', { id: 'l-1', atMs: 1, invocationId: 'i-2', traceId: 't-2', data: mine });
    journal.record('logs', { id: 'l-2', atMs: 2, invocationId: 'i-2', message: 'printed without an id' });
    journal.record('logs', { id: 'l-3', atMs: 3, invocationId: 'i-2', data: { correlationId: 'another' } });
    for (const id of ['i-1', 'i-2', 'i-3']) journal.record('invocations', { id, atMs: 1 });
    journal.record('events', { id: 'placed', atMs: 5, detail: { metadata: mine } });
    journal.record('traces', { id: 's-1', atMs: 1, traceId: 't-1' });
    journal.record('traces', { id: 's-2', atMs: 2, traceId: 't-2', annotations: { correlationIds: 'another mine' } });
    journal.record('traces', { id: 's-3', atMs: 3, traceId: 't-2', annotations: { correlationId: 'another' } });
    journal.record('traces', { id: 's-4', atMs: 4, traceId: 't-3' });
    const idsOf = async (kind: string) => {
      const { answer } = await call('GET', `/control/${kind}?correlationId=mine`);
      return Object.values(answer).map((entry) => (isObject(entry) ? entry.id : undefined));
    };
    expect(await idsOf('requests')).toEqual(['q']);
    expect(await idsOf('logs')).toEqual(['l-2', 'l-1']);
    expect(await idsOf('invocations')).toEqual(['i-2', 'i-1']);
    expect(await idsOf('events')).toEqual(['placed']);
    expect(await idsOf('traces')).toEqual(['s-2', 's-1']);
  });

  it('shows queues, and resources with what has no effect', async () => {
    expect((await call('GET', '/control/queues')).answer).toEqual([{ name: 'a-queue', visible: 0 }]);
    const { resources, coverage } = (await call('GET', '/control/resources')).answer;
    expect(resources).toContainEqual({
      stack: 'dev-users',
      logicalId: 'table',
      type: 'AWS::DynamoDB::Table',
      ref: 'dev-users-table',
    });
    expect(coverage).toMatchObject({ resources: 2 });
  });

  it('answers 200 when quiet and 409 with the reason when not', async () => {
    expect(await call('POST', '/control/quiesce', { timeoutMs: 1_000 })).toMatchObject({ status: 200 });
    const { promise, resolve } = Promise.withResolvers<void>();
    const work = runtime.world.agenda.track({ what: 'invoke', subject: 'slow' }, promise);
    const { status, answer } = await call('POST', '/control/quiesce', { timeoutMs: 20 });
    expect([status, answer.waitingFor]).toEqual([409, [expect.objectContaining({ what: 'invoke', subject: 'slow' })]]);
    resolve();
    await work;
  });

  it('names what there is for an unknown path, and the method for a wrong one', async () => {
    expect((await call('GET', '/control/nothing')).answer.message).toMatch(/POST \/control\/token/);
    expect(await call('GET', '/control/token')).toMatchObject({ status: 405 });
  });
});
