import type { Json } from '@archipelago/house-rules';
import { describe, expect, it } from '@jest/globals';
import { contractRules } from '../src/rules/deploy-rules.ts';
import type { MessageShape, Release, RouteShape } from '../src/rules/release.ts';
import { boatMoored, findBoat, lineSchema, moorBoat, putBoat, releaseOf, TODAY, uses } from './releases.ts';

const { properties, required } = lineSchema;
const line = (changes: Readonly<Record<string, Json>>, needed: readonly string[] = required) => ({
  ...lineSchema,
  properties: { ...properties, ...changes },
  required: needed,
});
const { quantity: _left, ...withoutQuantity } = properties;
const lineWithoutQuantity = { ...lineSchema, properties: withoutQuantity, required: ['sku'] };
const renamed = {
  ...lineSchema,
  properties: { ...withoutQuantity, count: properties.quantity },
  required: ['sku', 'count'],
};

const messagesOf = (...messages: readonly MessageShape[]) => releaseOf({ messages, uses });
const routesOf = (...routes: readonly RouteShape[]) => releaseOf({ routes, uses });
const event = (data: Json) => messagesOf({ ...boatMoored, data });
const command = (data: Json) => messagesOf({ ...moorBoat, data });
const query = (changes: Partial<MessageShape>) => messagesOf({ ...findBoat, ...changes });
const route = (changes: Partial<RouteShape>) => routesOf({ ...putBoat, ...changes });

const SUBSCRIBER = 'functions/harbour/handlers/bill.handler.ts';
const SENDER = 'functions/harbour/sagas/mooring.ts';
const CALLER = 'functions/harbour/wiring.ts';
const CLIENT = 'bin/demo.ts';

const REFUSED: readonly [string, Release, Release, string, RegExp][] = [
  ['an event that loses a field', event(lineSchema), event(lineWithoutQuantity), SUBSCRIBER, /\/quantity is gone/],
  [
    'an event whose field is renamed',
    event(lineSchema),
    event(renamed),
    SUBSCRIBER,
    /\/quantity is gone; \/count is new/,
  ],
  [
    'an event whose field gets another type',
    event(lineSchema),
    event(line({ quantity: { type: 'string' } })),
    SUBSCRIBER,
    /\/quantity was "integer", is "string"/,
  ],
  ['an event with a new required field', event(lineSchema), event(line({ pier: {} }, ['pier'])), SUBSCRIBER, /\/pier/],
  [
    'an event that may leave out what it always had',
    event(lineSchema),
    event(line({}, ['sku'])),
    SUBSCRIBER,
    /\/quantity was required, is optional/,
  ],
  [
    'an event with a new value of an enumeration',
    event(line({ note: { enum: ['a'] } })),
    event(line({ note: { enum: ['a', 'b'] } })),
    SUBSCRIBER,
    /\/note can now be "b"/,
  ],
  [
    'a removed version of an event',
    messagesOf(boatMoored),
    messagesOf(),
    SUBSCRIBER,
    /BoatMoored\.v1 would be removed/,
  ],
  [
    'a command with a new required field',
    command(lineSchema),
    command(line({ pier: { type: 'string' } }, [...required, 'pier'])),
    SENDER,
    /\/pier is new and required/,
  ],
  [
    'a command that narrows a field',
    command(lineSchema),
    command(line({ sku: { type: 'string', maxLength: 8 } })),
    SENDER,
    /\/sku has maxLength 8, had 64/,
  ],
  ['a removed command', messagesOf(moorBoat), messagesOf(), SENDER, /MoorBoat\.v1 would be removed/],
  [
    'a query that asks for more',
    query({}),
    query({ data: line({ pier: {} }, [...required, 'pier']) }),
    CALLER,
    /\/request\/pier is new and required/,
  ],
  [
    'a query that answers less',
    query({}),
    query({ response: lineWithoutQuantity }),
    CALLER,
    /\/response\/quantity is gone/,
  ],
  ['a removed route', routesOf(putBoat), routesOf(), CLIENT, /PUT \/boats\/\{id\} would be removed/],
  [
    'a route that no longer takes a scope',
    route({}),
    route({ access: { scopes: ['boats/admin'] } }),
    CLIENT,
    /scope boats\/write is no longer enough/,
  ],
  ['a public route that asks for a token', route({ access: 'public' }), route({}), CLIENT, /asks for a token/],
  ['a route that takes tokens no more', route({}), route({ access: 'machines' }), CLIENT, /takes no token/],
  ['a route that takes signatures no more', route({ access: 'machines' }), route({}), CLIENT, /takes no signature/],
  [
    'a route for members only',
    route({}),
    route({ access: { scopes: ['boats/write', 'boats/admin'], group: 'admin' } }),
    CLIENT,
    /only group admin may call it/,
  ],
  ['a header that is required', route({}), route({ requiredHeaders: ['If-Match'] }), CLIENT, /header If-Match/],
  [
    'a removed query parameter',
    route({}),
    route({ query: { type: 'object', properties: {}, additionalProperties: false } }),
    CLIENT,
    /query: \/dry is gone/,
  ],
  [
    'a narrower path parameter',
    route({}),
    route({ params: { type: 'object', properties: { id: { type: 'string', pattern: '^b' } }, required: ['id'] } }),
    CLIENT,
    /params: \/id has another pattern/,
  ],
  [
    'a body with a new required field',
    route({}),
    route({ body: line({ pier: {} }, [...required, 'pier']) }),
    CLIENT,
    /body: \/pier is new and required/,
  ],
  [
    'an answer that loses a field',
    route({}),
    route({ answers: { 200: lineWithoutQuantity, 204: null } }),
    CLIENT,
    /answer 200/,
  ],
  [
    'an answer with a value that callers do not know',
    route({ answers: { 200: line({ note: { enum: ['a'] } }) } }),
    route({ answers: { 200: line({ note: { enum: ['a', 'b'] } }) } }),
    CLIENT,
    /answer 200: \/note can now be "b"/,
  ],
  [
    'an answer with another status',
    route({}),
    route({ answers: { 201: lineSchema, 204: null } }),
    CLIENT,
    /answers 200/,
  ],
];

const ACCEPTED: readonly [string, Release, Release][] = [
  ['a new optional field of an event', event(lineSchema), event(line({ pier: { type: 'string' } }))],
  [
    'a new version beside the old one',
    messagesOf(boatMoored),
    messagesOf(boatMoored, { ...boatMoored, type: 'BoatMoored.v2' }),
  ],
  ['a removed event that nobody reads', releaseOf({ messages: [boatMoored] }), releaseOf({})],
  [
    'a command that takes more',
    command(lineSchema),
    command(line({ sku: { type: 'string', maxLength: 99 } }, ['sku'])),
  ],
  ['a query that answers more', query({}), query({ response: line({ pier: {} }, [...required, 'pier']) })],
  ['a new route', routesOf(putBoat), routesOf(putBoat, { ...putBoat, key: 'GET /boats' })],
  [
    'a new optional parameter, a new scope and a new optional field',
    route({}),
    route({
      access: { scopes: ['boats/write', 'boats/admin', 'boats/all'] },
      query: { type: 'object', properties: { dry: { type: 'string' }, tide: {} }, additionalProperties: false },
      body: { ...line({ pier: {} }), additionalProperties: false },
      answers: { 200: line({ pier: {} }), 204: null, 202: lineSchema },
    }),
  ],
  ['a field described in other words', event(lineSchema), event(line({ note: { type: 'string', description: 'x' } }))],
];

const judge = (before: Release, after: Release) =>
  Object.values(contractRules).flatMap((rule) => rule(before, after, TODAY));

describe('the deploy check', () => {
  it.each(REFUSED)('refuses %s, naming who breaks', (_what, before, after, consumer, says) => {
    const refusals = judge(before, after);
    expect(refusals).toHaveLength(1);
    expect(refusals[0]?.what).toMatch(says);
    expect(refusals[0]?.where).toContain(consumer);
  });

  it.each(ACCEPTED)('accepts %s', (_what, before, after) => {
    expect(judge(before, after)).toEqual([]);
  });

  it('refuses the removal of what the new sources still read', () => {
    expect(judge(releaseOf({ messages: [boatMoored] }), releaseOf({ uses }))).toHaveLength(1);
  });

  it('refuses the removal of what deployed subscribers still read, though they go as well', () => {
    expect(judge(messagesOf(boatMoored), releaseOf({}))).toHaveLength(1);
  });
});
