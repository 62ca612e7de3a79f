import type { ApiContract, RouteContract } from '../../functions/kernel/messages/contract.ts';
import { type Operation, operationsOf, publicPaths } from '../../functions/kernel/messages/operations.ts';
import { answersOf } from './answers.ts';
import { deprecationOf } from './deprecation.ts';
import { problemSchema } from './problem.ts';
import { jsonSchema, parametersIn } from './schema.ts';

const headerParameters = ({ idempotencyKey, ifMatch }: Pick<RouteContract, 'idempotencyKey' | 'ifMatch'>): object[] => [
  ...(idempotencyKey === 'required'
    ? [
        {
          name: 'Idempotency-Key',
          in: 'header',
          required: true,
          description: 'Names this request: sent again, with the same body, it has one effect and the same answer.',
          schema: { type: 'string', minLength: 1, maxLength: 255, pattern: '^[\\x21-\\x7e]+$' },
        },
      ]
    : []),
  ...(ifMatch !== undefined
    ? [
        {
          name: 'If-Match',
          in: 'header',
          required: ifMatch === 'required',
          description: 'The ETag of the version that the change is meant for.',
          schema: { type: 'string', pattern: '^"\\d+(-\\d+)?"$' },
        },
      ]
    : []),
];

const securityOf = ({ access }: Operation): readonly object[] => {
  if (access === 'public') return [];
  return access === 'machines' ? [{ signature: [] }] : [{ token: [...access.scopes] }];
};

const operation = (service: string, route: Operation): object => ({
  operationId: route.version === 1 ? route.name : `${route.name}-v${route.version}`,
  tags: [service],
  summary: route.summary,
  ...deprecationOf(route),
  parameters: [
    ...parametersIn('path', route.params, route.example?.params),
    ...parametersIn('query', route.query, route.example?.query),
    ...headerParameters(route),
  ],
  ...(route.body === undefined
    ? {}
    : {
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: jsonSchema(route.body, 'input'),
              ...(route.example?.body === undefined ? {} : { example: route.example.body }),
            },
          },
        },
      }),
  responses: answersOf(route),
  security: securityOf(route),
});

const pathsOf = (apis: readonly ApiContract[]): Readonly<Record<string, object>> => {
  const paths: Record<string, Record<string, object>> = {};
  for (const api of apis) {
    for (const route of operationsOf(api)) {
      const [path = ''] = publicPaths(route);
      paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(api.service, route) };
    }
  }
  return paths;
};

/** The shared API as an OpenAPI 3.1 document (spec.openapis.org/oas/v3.1.0), from the contracts alone. */
export const openapiDocument = (apis: readonly ApiContract[]): object => ({
  openapi: '3.1.0',
  info: {
    title: 'Archipelago',
    version: '1',
    description:
      'Amounts of money count minor units. A path without a version means version 1, also found below /v1; what has changed ' +
      'since is found below its own version, and answers of a version that will go have the headers Deprecation and Sunset.',
    license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
  },
  servers: [{ url: '/' }],
  tags: apis.map(({ service }) => ({ name: service })),
  paths: pathsOf(apis),
  components: {
    schemas: { Problem: problemSchema },
    securitySchemes: {
      token: {
        type: 'http',
        scheme: 'bearer',
        bearerFormat: 'JWT',
        description: 'An access token that holds one of the scopes named with the operation.',
      },
      signature: {
        type: 'apiKey',
        in: 'header',
        name: 'Authorization',
        description:
          'AWS Signature Version 4 for `execute-api`, made with credentials that IAM lets call the operation.',
      },
    },
  },
});
