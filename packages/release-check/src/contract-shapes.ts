import type { Json } from '@archipelago/house-rules';
import * as z from 'zod/mini';
import { exportsOf, filesBelow } from './modules-below.ts';
import type { MessageShape, RouteShape, Sunset } from './rules/release.ts';

/** What is read of a schema: it comes out of the compared tree, so only its shape is known here. */
interface Schema {
  safeParse(input: unknown): unknown;
}

/** A message as events/contracts defines it: a query is asked and answered, the others carry data. */
type Message = { readonly service: string; readonly type: string } & (
  | { readonly kind: 'event' | 'command'; readonly data: Schema }
  | { readonly kind: 'query'; readonly request: Schema; readonly response: Schema }
);

type Answers = Readonly<Record<number, { readonly body?: Schema }>>;

/** One HTTP operation of a service's api.contract.ts, with its earlier versions. */
interface Route {
  readonly method: string;
  readonly path: string;
  readonly access: RouteShape['access'];
  readonly params?: Schema;
  readonly query?: Schema;
  readonly body?: Schema;
  readonly idempotencyKey?: 'required';
  readonly ifMatch?: 'required' | 'optional';
  readonly answers: Answers;
  readonly version?: number;
  readonly deprecated?: Sunset;
  /** Other versions of it, by number. Trees from before there were versions have none. */
  readonly earlier?: Readonly<Record<number, { readonly answers: Answers; readonly deprecated?: Sunset }>>;
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

const FIRST_VERSION = 1;

/** As functions/kernel/messages/operations.ts names it. */
const keyOf = ({ method, path }: Route, version: number): string =>
  `${method} ${version === FIRST_VERSION ? path : `/v${version}${path}`}`;

/** Every version of a route as a route of its own. */
const versionsOf = ({ earlier = {}, version = FIRST_VERSION, ...route }: Route): readonly Version[] => {
  const { deprecated: _ofTheNewest, ...kept } = route;
  const before = Object.entries(earlier).map(([number, own]) => ({
    version: Number(number),
    route: { ...kept, ...own },
  }));
  return [...before, { version, route }];
};

interface Version {
  readonly version: number;
  readonly route: Route;
}

const routeShape = (file: string, service: string, name: string, { version, route }: Version): RouteShape => ({
  file,
  service,
  function: name,
  key: keyOf(route, version),
  version,
  ...(route.deprecated === undefined
    ? {}
    : { deprecated: { since: route.deprecated.since, sunset: route.deprecated.sunset } }),
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
      .flatMap(({ service, routes }) =>
        Object.entries(routes).flatMap(([name, route]) =>
          versionsOf(route).map((version) => routeShape(file, service, name, version)),
        ),
      ),
  );
  return { messages: (await Promise.all(messages)).flat(), routes: (await Promise.all(routes)).flat() };
};
