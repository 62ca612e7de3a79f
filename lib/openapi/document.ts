import type { ApiContract } from '../../functions/kernel/messages/contract.ts';
import { type Operation, operationsOf, publicPaths } from '../../functions/kernel/messages/operations.ts';
import { answersOf } from './answers.ts';
import { headers, problemSchemas } from './components.ts';
import { deprecationOf } from './deprecation.ts';
import { operationIdOf } from './operation-id.ts';
import { parametersOf } from './parameters.ts';
import { type DocumentSchemas, documentSchemas } from './schema.ts';

const requestBody = (schemas: DocumentSchemas, { body, example }: Operation): object =>
  body === undefined
    ? {}
    : {
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: schemas.of(body, 'input'),
              ...(example?.body === undefined ? {} : { example: example.body }),
            },
          },
        },
      };

const securityOf = ({ access }: Operation): readonly object[] => {
  if (access === 'public') return [];
  return access === 'machines' ? [{ signature: [] }] : [{ token: [...access.scopes] }];
};

const operation = (schemas: DocumentSchemas, api: ApiContract, route: Operation): object => ({
  operationId: operationIdOf(route),
  tags: [api.service],
  summary: route.summary,
  ...deprecationOf(route),
  parameters: parametersOf(schemas, route),
  ...requestBody(schemas, route),
  responses: answersOf(schemas, route, operationsOf(api)),
  security: securityOf(route),
});

const pathsOf = (schemas: DocumentSchemas, apis: readonly ApiContract[]): Readonly<Record<string, object>> => {
  const paths: Record<string, Record<string, object>> = {};
  for (const api of apis) {
    for (const route of operationsOf(api)) {
      const [path = ''] = publicPaths(route);
      paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(schemas, api, route) };
    }
  }
  return paths;
};

const DESCRIPTION = [
  'Amounts of money count minor units.',
  'A path without a version means version 1, also found below /v1; what has changed since is found below its own version, and answers',
  'of a version that will go have the headers Deprecation and Sunset.',
  'Every GET answers HEAD as well. A method that a path does not take is 405, with Allow; OPTIONS lists the others.',
  'Requests are read strictly: members and parameters that are not known are refused. Answers may get new members at any time.',
  'Checks come in this order: size, token, path, query, Idempotency-Key, conditions, body.',
].join(' ');

/** The shared API as an OpenAPI 3.1 document (spec.openapis.org/oas/v3.1.0), from the contracts alone. */
export const openapiDocument = (apis: readonly ApiContract[]): object => {
  const schemas = documentSchemas(apis);
  const paths = pathsOf(schemas, apis);
  return {
    openapi: '3.1.0',
    info: {
      title: 'Archipelago',
      version: '1',
      description: DESCRIPTION,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    tags: apis.map(({ service, description }) => ({
      name: service,
      ...(description && { description: description.about }),
    })),
    paths,
    components: {
      schemas: { ...schemas.components(), ...problemSchemas },
      headers,
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
  };
};
