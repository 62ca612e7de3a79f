import type { AnswerHeader } from '../../functions/kernel/messages/contract.ts';
import type { Operation } from '../../functions/kernel/messages/operations.ts';
import { announcedHeaders } from './deprecation.ts';
import { operationIdOf } from './operation-id.ts';
import { hasEtag } from './parameters.ts';
import type { DocumentSchemas } from './schema.ts';

const of = (schema: string): object => ({ schema: { $ref: `#/components/schemas/${schema}` } });

const PROBLEM = { 'application/problem+json': of('Problem') };

/** Refused by us, or by API Gateway before us in its own words. One schema holds both, so that a client reads either. */
const REFUSAL = { 'application/problem+json': of('Refusal'), 'application/json': of('Refusal') };

/** What API Gateway alone says. */
const GATEWAY_MESSAGE = { 'application/json': of('Refusal') };

const HEADERS: Readonly<Record<AnswerHeader | 'x-correlation-id', string>> = {
  'x-correlation-id': 'X-Correlation-Id',
  etag: 'ETag',
  location: 'Location',
  'retry-after': 'Retry-After',
};

const headersNamed = (names: readonly (keyof typeof HEADERS)[]): object =>
  Object.fromEntries(names.map((name) => [HEADERS[name], { $ref: `#/components/headers/${HEADERS[name]}` }]));

interface Implied {
  readonly status: number;
  readonly description: string;
  readonly when: (route: Operation) => boolean;
  readonly content?: object;
  readonly headers?: readonly AnswerHeader[];
}

const isProtected = ({ access }: Operation) => access !== 'public';
const asksForToken = ({ access }: Operation) => typeof access !== 'string';
const takesBody = ({ body }: Operation) => body !== undefined;
const changesSomething = ({ method }: Operation) => method !== 'GET';
const isAsked = (): boolean => true;

/** The answers that the pipeline gives whatever the route, so that no contract repeats them. */
const IMPLIED: readonly Implied[] = [
  {
    status: 304,
    description: 'The caller has it already: If-None-Match names its ETag.',
    when: hasEtag,
    content: {},
    headers: ['etag'],
  },
  { status: 400, description: 'Not JSON, a bad parameter, or a bad header.', when: isAsked, content: REFUSAL },
  { status: 401, description: 'No valid token.', when: asksForToken, content: REFUSAL },
  {
    status: 403,
    description: 'The token or the signature does not permit this.',
    when: isProtected,
    content: REFUSAL,
  },
  { status: 404, description: 'Not there, or not for the caller.', when: ({ params }) => params !== undefined },
  {
    status: 409,
    description: 'Others are changing this at the same time; Retry-After says when to try again.',
    when: changesSomething,
  },
  {
    status: 412,
    description: 'If-Match or If-None-Match does not hold, or there is no ETag that it could name.',
    when: (route) => changesSomething(route) || hasEtag(route),
  },
  { status: 413, description: 'More than 128 KB, or more than API Gateway takes.', when: isAsked, content: REFUSAL },
  { status: 415, description: 'The body is not application/json in UTF-8, or is compressed.', when: takesBody },
  { status: 422, description: 'The body breaks a rule; `errors` says where.', when: takesBody },
  { status: 428, description: 'If-Match is missing.', when: ({ ifMatch }) => ifMatch === 'required' },
  {
    status: 429,
    description: 'Too many requests.',
    when: isAsked,
    content: REFUSAL,
    headers: ['retry-after'],
  },
  { status: 431, description: 'Request line and headers are too long.', when: isAsked, content: GATEWAY_MESSAGE },
  { status: 500, description: 'A mistake of ours.', when: isAsked, content: REFUSAL },
  { status: 503, description: 'Not now.', when: isAsked, content: REFUSAL, headers: ['retry-after'] },
];

/** How a client goes on from an answer: the operation, and what of the answer it is called with. */
const linksTo = (routes: readonly Operation[]): object => {
  const links = routes.map((route) => {
    const inPath = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => [name, `$response.body#/${name}`]);
    const condition = route.ifMatch === 'required' ? [['header.If-Match', '$response.header.ETag']] : [];
    const operationId = operationIdOf(route);
    return [operationId, { operationId, parameters: Object.fromEntries([...inPath, ...condition]) }];
  });
  return links.length === 0 ? {} : { links: Object.fromEntries(links) };
};

const FIRST_ERROR = 400;

const BY_GATEWAY_TOO: ReadonlySet<number> = new Set(
  IMPLIED.filter(({ content }) => content === REFUSAL).map(({ status }) => status),
);

const declared = (
  schemas: DocumentSchemas,
  { answers }: Operation,
  service: readonly Operation[],
): Record<string, object> =>
  Object.fromEntries(
    Object.entries(answers).map(([key, { description, body, headers = [], leadsTo = [] }]) => {
      const status = Number(key);
      const retried: readonly AnswerHeader[] = status === 503 ? [...headers, 'retry-after'] : headers;
      const about = { description, headers: headersNamed(['x-correlation-id', ...retried]) };
      if (status >= FIRST_ERROR) return [key, { ...about, content: BY_GATEWAY_TOO.has(status) ? REFUSAL : PROBLEM }];
      if (body === undefined) return [key, about];
      const links = linksTo(service.filter(({ name, successor }) => leadsTo.includes(name) && successor === undefined));
      return [key, { ...about, content: { 'application/json': { schema: schemas.of(body, 'output') } }, ...links }];
    }),
  );

/** Every status that an operation can answer: those of its contract, and those of the pipeline before it. */
export const answersOf = (
  schemas: DocumentSchemas,
  route: Operation,
  service: readonly Operation[],
): Readonly<Record<string, object>> => {
  const implied = IMPLIED.filter(({ when }) => when(route)).map(
    ({ status, description, content = PROBLEM, headers = [] }) => [
      String(status),
      {
        description,
        headers: headersNamed(['x-correlation-id', ...headers]),
        ...(Object.keys(content).length > 0 && { content }),
      },
    ],
  );
  const answers: Readonly<Record<string, { readonly headers?: object }>> = {
    ...Object.fromEntries(implied),
    ...declared(schemas, route, service),
  };
  const announced = announcedHeaders(route);
  return Object.fromEntries(
    Object.entries(answers).map(([status, answer]) => [
      status,
      { ...answer, headers: { ...answer.headers, ...announced } },
    ]),
  );
};
