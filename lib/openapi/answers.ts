import type { Operation } from '../../functions/kernel/messages/operations.ts';
import { announcedHeaders } from './deprecation.ts';
import { jsonSchema } from './schema.ts';

const PROBLEM = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };

/** What API Gateway itself says when it turns a request away: `{"message": "Unauthorized"}`. */
const GATEWAY_MESSAGE = {
  'application/json': {
    schema: { type: 'object', required: ['message'], properties: { message: { type: 'string' } } },
  },
};

interface Implied {
  readonly status: number;
  readonly description: string;
  readonly when: (route: Operation) => boolean;
  readonly content?: object;
}

const isProtected = ({ access }: Operation) => access !== 'public';
const asksForToken = ({ access }: Operation) => typeof access !== 'string';
const takesBody = ({ body }: Operation) => body !== undefined;
const changesSomething = ({ method }: Operation) => method !== 'GET';
const isAsked = (): boolean => true;

/** The answers that the pipeline gives whatever the route, so that no contract repeats them. */
const IMPLIED: readonly Implied[] = [
  {
    status: 400,
    description: 'Not JSON, a bad query parameter, or a bad header.',
    when: ({ body, query, idempotencyKey, ifMatch }) => Boolean(body ?? query ?? idempotencyKey ?? ifMatch),
  },
  { status: 401, description: 'No valid token.', when: asksForToken, content: { ...PROBLEM, ...GATEWAY_MESSAGE } },
  {
    status: 403,
    description: 'The token or the signature does not permit this.',
    when: isProtected,
    content: { ...PROBLEM, ...GATEWAY_MESSAGE },
  },
  { status: 404, description: 'Not there, or not for the caller.', when: ({ params }) => params !== undefined },
  {
    status: 409,
    description: 'Others are changing this at the same time; Retry-After says when to try again.',
    when: changesSomething,
  },
  { status: 412, description: 'It has changed since.', when: ({ ifMatch }) => ifMatch !== undefined },
  { status: 413, description: 'More than 128 KB.', when: isAsked },
  { status: 415, description: 'The body is not application/json.', when: takesBody },
  { status: 422, description: 'The body breaks a rule; `errors` says where.', when: takesBody },
  {
    status: 428,
    description: 'If-Match is missing, or names no version.',
    when: ({ ifMatch }) => ifMatch !== undefined,
  },
  { status: 429, description: 'Too many requests.', when: isAsked, content: { ...PROBLEM, ...GATEWAY_MESSAGE } },
  { status: 500, description: 'A mistake of ours.', when: isAsked, content: { ...PROBLEM, ...GATEWAY_MESSAGE } },
  { status: 503, description: 'Not now.', when: isAsked, content: { ...PROBLEM, ...GATEWAY_MESSAGE } },
];

const FIRST_ERROR = 400;

const declared = ({ answers }: Operation): Record<string, object> =>
  Object.fromEntries(
    Object.entries(answers).map(([status, { description, body }]) => {
      if (Number(status) >= FIRST_ERROR) return [status, { description, content: PROBLEM }];
      if (body === undefined) return [status, { description }];
      return [status, { description, content: { 'application/json': { schema: jsonSchema(body, 'output') } } }];
    }),
  );

/** Every status that an operation can answer: those of its contract, and those of the pipeline before it. */
export const answersOf = (route: Operation): Readonly<Record<string, object>> => {
  const implied = IMPLIED.filter(({ when }) => when(route)).map(({ status, description, content = PROBLEM }) => [
    String(status),
    { description, content },
  ]);
  const answers: Readonly<Record<string, object>> = { ...Object.fromEntries(implied), ...declared(route) };
  const headers = announcedHeaders(route);
  return Object.fromEntries(Object.entries(answers).map(([status, answer]) => [status, { ...answer, ...headers }]));
};
