import { describe, expect, it } from '@jest/globals';
import * as z from 'zod/mini';
import { defineApi } from '../../functions/kernel/messages/contract.ts';
import { operationsOf } from '../../functions/kernel/messages/operations.ts';
import { openapiDocument } from '../../lib/openapi/document.ts';
import { apis } from '../../lib/stacks/apis.ts';

const boats = defineApi('boats', {
  'moor-boat': {
    method: 'PUT',
    path: '/boats/{id}/berth',
    summary: 'Moor a boat',
    access: { scopes: ['boats/write'] },
    params: z.object({ id: z.string() }),
    query: z.strictObject({ tide: z.optional(z.string()) }),
    body: z.strictObject({ berth: z.int() }),
    example: { params: { id: 'argo' }, body: { berth: 7 } },
    idempotencyKey: 'required',
    ifMatch: 'required',
    answers: { 201: { description: 'Moored.', body: z.object({ berth: z.int() }) }, 409: { description: 'Taken.' } },
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
  'list-boats': {
    method: 'GET',
    path: '/boats',
    summary: 'List the boats',
    access: 'public',
    version: 2,
    answers: { 200: { description: 'All of them.' } },
    earlier: {
      1: {
        answers: { 200: { description: 'Some of them.' } },
        deprecated: { since: '2026-12-01', sunset: '2027-07-01', instead: 'It has the same parameters.' },
      },
    },
  },
});

const document: Record<string, Record<string, Record<string, unknown>>> = JSON.parse(
  JSON.stringify(openapiDocument([boats])),
);
const operation = (path: string, method: string): Record<string, unknown> =>
  Object(Object(document.paths)[path])[method];

describe('the OpenAPI document', () => {
  it('tells what an operation takes', () => {
    const { parameters, requestBody, security, operationId } = operation('/boats/{id}/berth', 'put');
    expect(operationId).toBe('moor-boat');
    expect(parameters).toEqual([
      expect.objectContaining({ name: 'id', in: 'path', required: true, example: 'argo' }),
      expect.objectContaining({ name: 'tide', in: 'query', required: false }),
      expect.objectContaining({ name: 'Idempotency-Key', in: 'header', required: true }),
      expect.objectContaining({ name: 'If-Match', in: 'header', required: true }),
    ]);
    expect(requestBody).toMatchObject({
      content: {
        'application/json': {
          schema: { properties: { berth: { type: 'integer' } }, required: ['berth'], additionalProperties: false },
          example: { berth: 7 },
        },
      },
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
      ['201', '400', '401', '403', '404', '409', '412', '413', '415', '422', '428', '429', '500', '503'].sort(),
    );
    expect(Object(responses)['409']).toEqual({
      description: 'Taken.',
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
      operationId: 'list-boats',
    });
    expect(Object(responses)['200']).toEqual({
      description: 'Some of them.',
      headers: {
        Deprecation: expect.objectContaining({ schema: { type: 'string' }, example: '@1796083200' }),
        Sunset: expect.objectContaining({ example: 'Thu, 01 Jul 2027 00:00:00 GMT' }),
        Link: expect.objectContaining({ description: 'RFC 8288: its successor and this document.' }),
      },
    });
    const newest = operation('/v2/boats', 'get');
    expect(newest).toMatchObject({ operationId: 'list-boats-v2' });
    expect(newest).not.toHaveProperty('deprecated');
    expect(Object(newest.responses)['200']).toEqual({ description: 'All of them.' });
  });

  it('asks no token of a public operation', () => {
    const { security, responses } = operation('/boats', 'get');
    expect(security).toEqual([]);
    expect(Object.keys(Object(responses))).not.toContain('401');
  });

  it('describes every route of every service, and refers to nothing that it does not hold', () => {
    const all = JSON.stringify(openapiDocument(apis));
    const names = [...all.matchAll(/"operationId":"([\w-]+)"/g)].map(([, name]) => name);
    expect(names).toEqual(expect.arrayContaining(apis.flatMap(({ routes }) => Object.keys(routes))));
    expect(new Set(names).size).toBe(apis.flatMap(operationsOf).length);
    const references = new Set([...all.matchAll(/"\$ref":"([^"]+)"/g)].map(([, target]) => target));
    expect([...references]).toEqual(['#/components/schemas/Problem']);
  });
});
