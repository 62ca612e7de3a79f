import type { ApiContract } from '../../functions/kernel/messages/contract.ts';
import { operationsOf, publicPaths } from '../../functions/kernel/messages/operations.ts';
import { openapiDocument } from './document.ts';

/** What the `$default` route must know to distinguish an unknown path from an unknown method: every name of every route. */
const routeTable = (apis: readonly ApiContract[]): readonly { method: string; path: string }[] =>
  apis
    .flatMap(operationsOf)
    .flatMap((operation) => publicPaths(operation).map((path) => ({ method: operation.method, path })));

/** What the gateway's functions must know of the other services, by the file of their bundles that holds it. */
export const gatewayFiles = (apis: readonly ApiContract[]): Readonly<Record<string, string>> => ({
  'build/gateway.openapi/openapi.json': JSON.stringify(openapiDocument(apis)),
  'build/gateway.default-route/routes.json': JSON.stringify(routeTable(apis)),
});
