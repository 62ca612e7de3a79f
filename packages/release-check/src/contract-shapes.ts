import type { Json } from '@archipelago/house-rules';
import * as z from 'zod/mini';
import { exportsOf, filesBelow } from './modules-below.ts';
import type { MessageShape, RouteShape } from './rules/release.ts';

/** What is read of a schema: it comes out of the compared tree, so only its shape is known here. */
interface Schema {
  safeParse(input: unknown): unknown;
}

/** A message as events/contracts defines it: a query is asked and answered, the others carry data. */
type Message = { readonly service: string; readonly type: string } & (
  | { readonly kind: 'event' | 'command'; readonly data: Schema }
  | { readonly kind: 'query'; readonly request: Schema; readonly response: Schema }
);

/** One HTTP operation of a service's api.contract.ts. */
interface Route {
  readonly method: string;
  readonly path: string;
  readonly access: RouteShape['access'];
  readonly params?: Schema;
  readonly query?: Schema;
  readonly body?: Schema;
  readonly idempotencyKey?: 'required';
  readonly ifMatch?: 'required' | 'optional';
  readonly answers: Readonly<Record<number, { readonly body?: Schema }>>;
}

interface Api {
  readonly service: string;
  readonly routes: Readonly<Record<string, Route>>;
}

export interface ContractShapes {
  readonly messages: readonly MessageShape[];
  readonly routes: readonly RouteShape[];
}

const isZod = (schema: Schema): schema is z.core.$ZodType & Schema => schema instanceof z.core.$ZodType;

/** What is read off the wire: `output` would say of every object that it has no other fields. */
const jsonSchema = (schema: Schema): Json => {
  if (!isZod(schema)) throw new Error('a contract holds a schema that is not zod’s');
  return JSON.parse(JSON.stringify({ ...z.toJSONSchema(schema, { io: 'input' }), $schema: undefined }));
};

const has = (value: unknown, key: string): boolean => typeof value === 'object' && value !== null && key in value;

const isMessage = (value: unknown): value is Message =>
  has(value, 'kind') && has(value, 'type') && has(value, 'service');

const isApi = (value: unknown): value is Api => has(value, 'service') && has(value, 'routes');

const messageShape = (file: string, contract: Message): MessageShape => {
  const { kind, service, type } = contract;
  return contract.kind === 'query'
    ? { file, kind, service, type, data: jsonSchema(contract.request), response: jsonSchema(contract.response) }
    : { file, kind, service, type, data: jsonSchema(contract.data) };
};

const FIRST_ERROR = 400;

const answersOf = ({ answers }: Route): Readonly<Record<string, Json>> =>
  Object.fromEntries(
    Object.entries(answers)
      .filter(([status]) => Number(status) < FIRST_ERROR)
      .map(([status, { body }]) => [status, body === undefined ? null : jsonSchema(body)]),
  );

const routeShape = (file: string, service: string, route: Route): RouteShape => ({
  file,
  service,
  key: `${route.method} ${route.path}`,
  access: route.access,
  requiredHeaders: [
    ...(route.idempotencyKey === 'required' ? ['Idempotency-Key'] : []),
    ...(route.ifMatch === 'required' ? ['If-Match'] : []),
  ],
  ...(route.params === undefined ? {} : { params: jsonSchema(route.params) }),
  ...(route.query === undefined ? {} : { query: jsonSchema(route.query) }),
  ...(route.body === undefined ? {} : { body: jsonSchema(route.body) }),
  answers: answersOf(route),
});

/** Every message and every route that the sources below `root` define, in order of file. */
export const readContractShapes = async (root: string): Promise<ContractShapes> => {
  const messageFiles = await filesBelow(root, 'events/contracts', /\.v\d+\.ts$/);
  const apiFiles = await filesBelow(root, 'functions', /^functions\/[^/]+\/api\.contract\.ts$/);
  const messages = messageFiles.map(async (file) =>
    (await exportsOf(root, file)).filter(isMessage).map((contract) => messageShape(file, contract)),
  );
  const routes = apiFiles.map(async (file) =>
    (await exportsOf(root, file))
      .filter(isApi)
      .flatMap((api) => Object.values(api.routes).map((route) => routeShape(file, api.service, route))),
  );
  return { messages: (await Promise.all(messages)).flat(), routes: (await Promise.all(routes)).flat() };
};
