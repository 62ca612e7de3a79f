import { describe, expect, it } from '@jest/globals';
import * as z from 'zod/mini';
import { type DescribedService, defineApi, type RouteContract } from '../../functions/kernel/messages/contract.ts';
import { operationsOf } from '../../functions/kernel/messages/operations.ts';
import { openapiDocument } from '../../lib/openapi/document.ts';
import { apis } from '../../lib/stacks/apis.ts';
import { EXCLUSIONS } from '../fuzz/exclusions.ts';

const money = z.object({ amount: z.int(), currency: z.string() });
const berth = z.object({ berth: z.int(), fee: money, since: z.iso.datetime() });
const mooring = z.strictObject({ berth: z.int().check(z.maximum(99)), until: z.optional(z.string()) });
const boatNames = z.object({ names: z.array(z.string()) });

const routes = {
  'moor-boat': {
    method: 'PUT',
    path: '/boats/{id}/berth',
    summary: 'Moor a boat',
    access: { scopes: ['boats/write'] },
    params: z.object({ id: z.string() }),
    query: z.strictObject({ tide: z.optional(z.string()) }),
    body: mooring,
    example: { params: { id: 'argo' }, body: { berth: 7 } },
    idempotencyKey: 'required',
    ifMatch: 'required',
    answers: {
      201: {
        description: 'Moored.',
        body: berth,
        headers: ['location', 'etag'],
        leadsTo: ['read-berth', 'moor-boat'],
      },
      409: { description: 'Taken.' },
    },
  },
  'sink-boat': {
    method: 'DELETE',
    path: '/boats/{id}',
    summary: 'Sink a boat',
    access: { scopes: ['boats/write'] },
    params: z.object({ id: z.string() }),
    ifMatch: 'optional',
    answers: { 204: { description: 'Sunk.' } },
  },
  'read-berth': {
    method: 'GET',
    path: '/boats/{id}/berth',
    summary: 'Read where a boat is moored',
    access: 'public',
    params: z.object({ id: z.string() }),
    answers: { 200: { description: 'There.', body: berth, headers: ['etag'] } },
  },
  'list-boats': {
    method: 'GET',
    path: '/boats',
    summary: 'List the boats',
    access: 'public',
    version: 2,
    answers: { 200: { description: 'All of them.' } },
    earlier: {
      1: {
        answers: { 200: { description: 'Some of them.', body: boatNames } },
        deprecated: { since: '2026-12-01', sunset: '2027-07-01', instead: 'It has the same parameters.' },
      },
    },
  },
} as const satisfies Readonly<Record<string, RouteContract>>;

const described: DescribedService = {
  service: 'boats',
  about: 'Boats and where they are moored.',
  schemas: {
    Berth: { schema: berth, example: { berth: 7, fee: { amount: 1, currency: 'EUR' }, since: '2026-11-26T12:00:00Z' } },
    Money: { schema: money },
    Mooring: { schema: mooring, example: { berth: 7 } },
  },
};

const boats = defineApi(described, routes);

const document: Record<string, Record<string, Record<string, unknown>>> = JSON.parse(
  JSON.stringify(openapiDocument([boats])),
);
const operation = (path: string, method: string): Record<string, unknown> =>
  Object(Object(document.paths)[path])[method];

describe('the OpenAPI document', () => {
  it('tells what an operation takes', () => {
    const { parameters, requestBody, security, operationId } = operation('/boats/{id}/berth', 'put');
    expect(operationId).toBe('moorBoat');
    expect(parameters).toEqual([
      expect.objectContaining({ name: 'id', in: 'path', required: true, example: 'argo' }),
      expect.objectContaining({ name: 'tide', in: 'query', required: false }),
      expect.objectContaining({ name: 'Idempotency-Key', in: 'header', required: true }),
      expect.objectContaining({ name: 'If-Match', in: 'header', required: true }),
      expect.objectContaining({ name: 'If-None-Match', in: 'header', required: false }),
    ]);
    expect(requestBody).toEqual({
      required: true,
      content: { 'application/json': { schema: { $ref: '#/components/schemas/Mooring' }, example: { berth: 7 } } },
    });
    expect(security).toEqual([{ token: ['boats/write'] }]);
  });

  it('tells of an If-Match that may be left out', () => {
    const { parameters } = operation('/boats/{id}', 'delete');
    expect(parameters).toContainEqual(expect.objectContaining({ name: 'If-Match', required: false }));
  });

  it('tells every status, those of the pipeline included, with problems as problem+json', () => {
    const { responses } = operation('/boats/{id}/berth', 'put');
    expect(Object.keys(Object(responses)).sort()).toEqual(
      ['201', '400', '401', '403', '404', '409', '412', '413', '415', '422', '428', '429', '431', '500', '503'].sort(),
    );
    expect(Object(responses)['409']).toEqual({
      description: 'Taken.',
      headers: { 'X-Correlation-Id': { $ref: '#/components/headers/X-Correlation-Id' } },
      content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
    });
  });

  it('tells of an operation that changes something that others may be faster', () => {
    const { responses } = operation('/boats/{id}', 'delete');
    expect(Object(responses)['409'].description).toContain('Retry-After');
    expect(Object.keys(Object(operation('/boats', 'get').responses))).not.toContain('409');
  });

  it('describes each version of an operation, and of one that will go when and what then', () => {
    const { deprecated, description, operationId, responses } = operation('/boats', 'get');
    expect({ deprecated, description, operationId }).toEqual({
      deprecated: true,
      description:
        'Deprecated since 2026-12-01; it answers until 2027-07-01 at least. Its successor is GET /v2/boats. ' +
        'It has the same parameters.',
      operationId: 'listBoats',
    });
    expect(Object(responses)['200']).toMatchObject({
      description: 'Some of them.',
      headers: {
        Deprecation: expect.objectContaining({ schema: { type: 'string' }, example: '@1796083200' }),
        Sunset: expect.objectContaining({ example: 'Thu, 01 Jul 2027 00:00:00 GMT' }),
        Link: expect.objectContaining({ description: 'RFC 8288: its successor and this document.' }),
      },
    });
    const newest = operation('/v2/boats', 'get');
    expect(newest).toMatchObject({ operationId: 'listBoatsV2' });
    expect(newest).not.toHaveProperty('deprecated');
    expect(Object(newest.responses)['200'].headers).not.toHaveProperty('Sunset');
  });

  it('names the parts of bodies, so that clients have types with names', () => {
    const { schemas } = Object(document.components);
    expect(Object.keys(schemas)).toEqual(['Berth', 'Money', 'Mooring', 'FieldError', 'Problem', 'Refusal']);
    expect(schemas.Berth.properties).toEqual({
      berth: { type: 'integer', format: 'int64' },
      fee: { $ref: '#/components/schemas/Money' },
      since: { type: 'string', format: 'date-time' },
    });
    expect(schemas.Berth.examples).toEqual([expect.objectContaining({ berth: 7 })]);
    expect(schemas.Mooring).toMatchObject({ additionalProperties: false, required: ['berth'] });
    expect(schemas.Mooring.properties.berth).toEqual({ type: 'integer', format: 'int64', maximum: 99 });
    for (const answer of ['Berth', 'Money']) expect(schemas[answer]).not.toHaveProperty('additionalProperties');
  });

  it('refuses two schemas of one name', () => {
    const other = defineApi({ service: 'ships', about: 'Ships.', schemas: { Berth: { schema: z.object({}) } } }, {});
    expect(() => openapiDocument([boats, other])).toThrow(/name Berth/);
  });

  it('describes the headers of answers, and a read that is conditional', () => {
    const { headers } = Object(operation('/boats/{id}/berth', 'put').responses)['201'];
    expect(Object.keys(headers).sort()).toEqual(['ETag', 'Location', 'X-Correlation-Id']);
    const { parameters, responses } = operation('/boats/{id}/berth', 'get');
    expect(parameters).toContainEqual(expect.objectContaining({ name: 'If-None-Match', required: false }));
    expect(Object(responses)['304']).not.toHaveProperty('content');
    expect(Object.keys(Object(Object(responses)['503'].headers))).toContain('Retry-After');
    const referred = [...JSON.stringify(document).matchAll(/#\/components\/headers\/([\w-]+)/g)].map(
      ([, name]) => name,
    );
    expect(Object.keys(Object(Object(document.components).headers))).toEqual(expect.arrayContaining(referred));
  });

  it('leads from an answer to the operations that can be called with it', () => {
    const { links } = Object(Object(operation('/boats/{id}/berth', 'put').responses)['201']);
    expect(links).toEqual({
      readBerth: { operationId: 'readBerth', parameters: { id: '$response.body#/id' } },
      moorBoat: {
        operationId: 'moorBoat',
        parameters: { id: '$response.body#/id', 'header.If-Match': '$response.header.ETag' },
      },
    });
    const all = JSON.stringify(openapiDocument(apis));
    const ids = new Set([...all.matchAll(/"operationId":"(\w+)","tags"/g)].map(([, id]) => id));
    const named = apis
      .flatMap(operationsOf)
      .flatMap(({ answers }) => Object.values(answers).flatMap((each) => each.leadsTo ?? []));
    expect(all.split('"links":').length - 1).toBeGreaterThan(2);
    expect(named.filter((name) => !apis.some(({ routes }) => Object.hasOwn(routes, name)))).toEqual([]);
    const fuzzed = EXCLUSIONS.flatMap(({ operations }) => (operations === 'all' ? [] : operations));
    expect(fuzzed.filter((id) => !ids.has(id))).toEqual([]);
  });

  it('has one schema for what API Gateway refuses in its own words and what we refuse', () => {
    const { responses } = operation('/boats/{id}/berth', 'put');
    for (const status of ['400', '401', '403', '413', '429', '500', '503'])
      expect(Object.values(Object(Object(responses)[status].content))).toEqual([
        { schema: { $ref: '#/components/schemas/Refusal' } },
        { schema: { $ref: '#/components/schemas/Refusal' } },
      ]);
    expect(Object(document.components).schemas.Refusal).not.toHaveProperty('required');
  });

  it('asks no token of a public operation', () => {
    const { security, responses } = operation('/boats', 'get');
    expect(security).toEqual([]);
    expect(Object.keys(Object(responses))).not.toContain('401');
  });

  it('describes every route of every service, and refers to nothing that it does not hold', () => {
    const all = JSON.stringify(openapiDocument(apis));
    const names = [...all.matchAll(/"operationId":"(\w+)"/g)].map(([, name]) => name);
    expect(names).toEqual(expect.arrayContaining(['placeOrder', 'getOrder', 'listOrdersV2', 'putProduct']));
    expect(new Set(names).size).toBe(apis.flatMap(operationsOf).length);
    const references = new Set([...all.matchAll(/"\$ref":"#([^"]+)"/g)].map(([, target = '']) => target));
    const held = (pointer: string) =>
      pointer
        .slice(1)
        .split('/')
        .reduce((value, name) => Object(value)[name], JSON.parse(all));
    expect([...references].filter((pointer) => held(pointer) === undefined)).toEqual([]);
    const schemes = new Set([...all.matchAll(/"security":\[\{"(\w+)"/g)].map(([, name]) => name));
    expect(Object.keys(held('/components/securitySchemes')).sort()).toEqual([...schemes].sort());
    expect(Object.keys(held('/components/schemas'))).toEqual(
      expect.arrayContaining(['Money', 'Order', 'OrderLine', 'Problem', 'Product', 'User']),
    );
  });

  it('describes every way to be let in that an operation names', () => {
    const { securitySchemes, ...others } = Object(Object(openapiDocument(apis)).components);
    const ways = new Set(
      apis.flatMap(operationsOf).flatMap(({ access }) => {
        if (access === 'public') return [];
        return access === 'machines' ? ['signature'] : ['token'];
      }),
    );
    expect(Object.keys(securitySchemes).sort()).toEqual([...ways].sort());
    expect(Object.keys(others).sort()).toEqual(['headers', 'schemas']);
  });

  it('has an example of every named body, by which the body is valid', () => {
    const schemas = apis.flatMap(({ description }) => Object.entries(description?.schemas ?? {}));
    const wrong = schemas.filter(([, { schema, example }]) => example && !schema.safeParse(example).success);
    expect(wrong.map(([name]) => name)).toEqual([]);
    const bodies = apis
      .flatMap(operationsOf)
      .flatMap(({ body, answers }) => [
        ...(body ? [body] : []),
        ...Object.values(answers).flatMap((answer) => answer.body ?? []),
      ]);
    const shown = new Set(schemas.filter(([, { example }]) => example).map(([, { schema }]) => schema));
    const without = bodies.filter((body) => !shown.has(body));
    // The answer of GET /openapi.json is this document.
    expect(without).toHaveLength(1);
  });

  it('has patterns that tools of other languages understand, and no bound that is one of doubles alone', () => {
    const all = JSON.stringify(openapiDocument(apis));
    expect(all).not.toMatch(/\\\\p\{|9007199254740991/);
  });
});
