import type { Json, Resource } from '@archipelago/house-rules';
import type { MessageShape, Release, RouteShape, StackTemplate } from '../src/rules/release.ts';

export type Resources = Readonly<Record<string, Omit<Resource, 'logicalId'>>>;

export const stackOf = (
  stack: string,
  resources: Resources,
  outputs: Readonly<Record<string, Json>> = {},
): StackTemplate => ({
  stack,
  outputs,
  resources: Object.entries(resources).map(([logicalId, resource]) => ({ logicalId, ...resource })),
});

export const TODAY = { today: '2027-07-01' };

export const releaseOf = (parts: Partial<Release>): Release => ({
  stacks: [],
  messages: [],
  routes: [],
  uses: [],
  storedKinds: [],
  storedExamples: {},
  ...parts,
});

const sku = { type: 'string', maxLength: 64 };

/** `{sku, quantity, note?}` */
export const lineSchema = {
  type: 'object',
  properties: { sku, quantity: { type: 'integer', minimum: 1 }, note: { type: 'string' } },
  required: ['sku', 'quantity'],
};

export const boatMoored: MessageShape = {
  file: 'events/contracts/boats/boat-moored.v1.ts',
  kind: 'event',
  service: 'boats',
  type: 'BoatMoored.v1',
  data: lineSchema,
};

export const moorBoat: MessageShape = {
  ...boatMoored,
  file: 'events/contracts/boats/moor-boat.v1.ts',
  kind: 'command',
  type: 'MoorBoat.v1',
};

export const findBoat: MessageShape = {
  ...boatMoored,
  file: 'events/contracts/boats/find-boat.v1.ts',
  kind: 'query',
  type: 'FindBoat.v1',
  response: lineSchema,
};

export const putBoat: RouteShape = {
  file: 'functions/boats/api.contract.ts',
  service: 'boats',
  function: 'put-boat',
  key: 'PUT /boats/{id}',
  version: 1,
  access: { scopes: ['boats/write', 'boats/admin'] },
  requiredHeaders: [],
  params: { type: 'object', properties: { id: { type: 'string' } }, required: ['id'] },
  query: { type: 'object', properties: { dry: { type: 'string' } }, additionalProperties: false },
  body: { ...lineSchema, additionalProperties: false },
  answers: { 200: lineSchema, 204: null },
};

export const uses = [
  { contract: 'BoatMoored.v1', file: 'functions/harbour/handlers/bill.handler.ts' },
  { contract: 'MoorBoat.v1', file: 'functions/harbour/sagas/mooring.ts' },
  { contract: 'FindBoat.v1', file: 'functions/harbour/wiring.ts' },
  { contract: 'PUT /boats/{id}', file: 'bin/demo.ts' },
];
