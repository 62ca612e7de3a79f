import type { EmulatedService } from '../../core/emulated-service.ts';
import type { World } from '../../core/world.ts';
import { type ApiListener, createApiListeners } from './api-listeners.ts';
import { apiResource } from './resources/api.ts';
import { nameOnlyTypes } from './resources/name-only.ts';
import { authorizerResource, integrationResource, routeResource } from './resources/routes.ts';
import { stageResource } from './resources/stage.ts';
import { createDeclarations } from './state.ts';

export interface HttpApiService extends EmulatedService {
  /** The listeners in the order of their APIs, the one on the preferred port first. */
  listeners(): readonly ApiListener[];
}

/** API Gateway's HTTP APIs: each listens on a port of its own and invokes functions through the port `functions`. */
export const createHttpApiService = (world: World, options: { readonly preferredPort: number }): HttpApiService => {
  const declared = createDeclarations();
  const listeners = createApiListeners(world, declared, options.preferredPort);
  const changed = (apiId: string) => listeners.refresh(apiId);
  return {
    signingName: 'apigateway',
    handle: async ({ method, url }) => ({
      operation: `${method} ${url}`,
      status: 403,
      headers: { 'content-type': 'application/json', 'x-amzn-errortype': 'UnknownOperationException' },
      body: JSON.stringify({ message: 'the management API of API Gateway is not emulated: APIs come from templates' }),
    }),
    resourceTypes: [
      apiResource(declared, listeners),
      integrationResource(declared, changed),
      authorizerResource(declared, changed),
      routeResource(declared, changed),
      stageResource(declared, changed),
      ...nameOnlyTypes,
    ],
    start: listeners.check,
    check: listeners.check,
    listeners: listeners.all,
    inspect: () =>
      listeners.all().map(({ apiId, url }) => ({
        apiId,
        name: declared.apis.get(apiId)?.name ?? '',
        url,
        routes: [...declared.routes.values()].filter((route) => route.apiId === apiId).map(({ routeKey }) => routeKey),
      })),
  };
};
