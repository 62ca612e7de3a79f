import type { JsonObject } from '../values/json.ts';
import type { Schema } from '../values/schema.ts';
import type { Message } from './message.ts';

/** A versioned message of the published language. `type` is `<name>.v<version>`, the bus's detail-type. */
export interface MessageContract<Type extends string = string, Data = unknown> {
  readonly kind: 'event' | 'command';
  /** The service that publishes an event, or that takes a command. */
  readonly service: string;
  readonly type: Type;
  readonly data: Schema<Data>;
  /** For events to invoke its consumers with. */
  readonly example?: Data;
  /**
   * The message with its data as `data` types it; members that the contract does not know are dropped, since the
   * publisher may be newer. Throws an Error that shows no content.
   */
  read(message: Message): Message<Type, Data>;
}

export const messageContract = <const Type extends string, Data>(
  contract: Omit<MessageContract<Type, Data>, 'read'>,
): MessageContract<Type, Data> => ({
  ...contract,
  read: ({ metadata, data }) => {
    const parsed = contract.data.safeParse(data);
    if (parsed.success) return { type: contract.type, metadata, data: parsed.data };
    const where = parsed.error.issues.map(({ path }) => `/${path.map(String).join('/')}`);
    throw new Error(`${contract.type} breaks its contract at ${where.join(', ')}`);
  },
});

/** A versioned question that one service asks another synchronously, answered by its `internal-api` function. */
export interface QueryContract<Request = unknown, Response = unknown> {
  readonly kind: 'query';
  readonly service: string;
  readonly type: string;
  readonly request: Schema<Request>;
  readonly response: Schema<Response>;
  /** Asked for a person, whose access token comes with it: always, or where there is one. Never, where nothing is said. */
  readonly caller?: 'required' | 'optional';
}

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** Headers of an answer that say something of their own. */
export type AnswerHeader = 'etag' | 'location' | 'retry-after';

export interface Answer {
  readonly description: string;
  readonly body?: Schema<unknown>;
  readonly headers?: readonly AnswerHeader[];
  /** Routes of the same service that can be called with what is answered: the members of its body that their paths name. */
  readonly leadsTo?: readonly string[];
}

export type Answers = Readonly<Record<number, Answer>>;

/** What is announced of a version that will go. Both are days in UTC: `2026-11-26`. */
export interface Deprecation {
  readonly since: string;
  /** It answers until this day begins, at least. Once it is deployed it may move later only. */
  readonly sunset: string;
  /** What a caller does about it, in a sentence or two. */
  readonly instead: string;
}

/** A version of a route with the same request and another representation of what it answers. */
export interface EarlierVersion {
  readonly answers: Answers;
  readonly deprecated?: Deprecation;
}

/** What a request holds that succeeds. */
export interface RequestExample {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: JsonObject;
}

/**
 * `public`; `machines`: programs that sign their requests with AWS credentials, of which IAM says what they may do; or
 * the scopes of which a person's token must hold one, where `group` narrows it to members.
 */
export type Access = 'public' | 'machines' | { readonly scopes: readonly string[]; readonly group?: string };

/** What tokens are asked for. */
export const scopesOf = (access: Access): readonly string[] => (typeof access === 'string' ? [] : access.scopes);

/** One HTTP operation: it gives the route, the validation, the types and the OpenAPI entry. */
export interface RouteContract {
  readonly method: Method;
  /** Without prefix or version: `/users/{id}`. `publicPaths` says where that is at the gateway. */
  readonly path: string;
  readonly summary: string;
  readonly access: Access;
  readonly params?: Schema<unknown>;
  readonly query?: Schema<unknown>;
  readonly body?: Schema<unknown>;
  /** For the API's document, and for events to invoke the function with. */
  readonly example?: RequestExample;
  readonly idempotencyKey?: 'required';
  /** `optional`: it is held to when a request has it. */
  readonly ifMatch?: 'required' | 'optional';
  readonly answers: Answers;
  /** Which version `answers` belongs to; 1 where nothing is said. */
  readonly version?: number;
  /** Versions before that one which are still served, by number. */
  readonly earlier?: Readonly<Record<number, EarlierVersion>>;
  readonly deprecated?: Deprecation;
  /** Requests per second and bucket size of this route, when narrower than the stage's. */
  readonly throttle?: { readonly rate: number; readonly burst: number };
}

/** A schema that has a name in the document, and so in clients that are generated from it. */
export interface NamedSchema {
  readonly schema: Schema<unknown>;
  readonly example?: JsonObject;
}

/** What the document says of a service besides its routes. */
export interface DescribedService {
  readonly service: string;
  /** What its routes are about, in a sentence. */
  readonly about: string;
  /** By name: `Order`. */
  readonly schemas: Readonly<Record<string, NamedSchema>>;
}

/** The key of a route is the name of its function: `register-user` → `handlers/register-user.handler.ts`. */
export interface ApiContract<Routes extends Readonly<Record<string, RouteContract>> = Record<string, RouteContract>> {
  readonly service: string;
  readonly routes: Routes;
  readonly description?: DescribedService;
}

export const defineApi = <const Routes extends Readonly<Record<string, RouteContract>>>(
  service: string | DescribedService,
  routes: Routes,
): ApiContract<Routes> =>
  typeof service === 'string' ? { service, routes } : { service: service.service, routes, description: service };
