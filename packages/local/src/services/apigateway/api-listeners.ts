import { derivedId, LOWER_ALPHANUMERIC } from '../../core/derived-id.ts';
import { listenNear } from '../../core/listening/listen-near.ts';
import type { World } from '../../core/world.ts';
import { type CompiledApi, compileApi } from './compiled-api.ts';
import { createRequestHandler } from './request-handler.ts';
import type { Declarations } from './state.ts';

export interface ApiListener {
  readonly stack: string;
  readonly logicalId: string;
  readonly apiId: string;
  readonly url: string;
  readonly port: number;
  /** The port that was asked for but taken by another program; absent when all went as asked. */
  readonly takenPort?: number;
}

export interface ApiListeners {
  bind(stack: string, logicalId: string): Promise<void>;
  of(stack: string, logicalId: string): ApiListener;
  all(): readonly ApiListener[];
  /** Compiles the API's routes again before its next request. */
  refresh(apiId: string): void;
  /** Throws for a route that refers to what is not there. */
  check(): void;
}

/** One listener for each API: the first gets the preferred port or the next free one, the others any free one. */
export const createApiListeners = (world: World, declared: Declarations, preferredPort: number): ApiListeners => {
  const listeners = new Map<string, ApiListener>();
  const compiled = new Map<string, CompiledApi>();
  let unclaimedPort = preferredPort;

  const compiledApi = (apiId: string, stack: string, logicalId: string): CompiledApi => {
    const before = compiled.get(apiId);
    if (before) return before;
    const undeclared = { id: apiId, stack, logicalId, name: logicalId, cors: undefined };
    const now = compileApi(world, declared, declared.apis.get(apiId) ?? undeclared);
    compiled.set(apiId, now);
    return now;
  };

  return {
    bind: async (stack, logicalId) => {
      const apiId = derivedId(10, LOWER_ALPHANUMERIC, stack, logicalId);
      const wanted = unclaimedPort;
      unclaimedPort = 0;
      const handler = createRequestHandler(world, () => compiledApi(apiId, stack, logicalId));
      const { url, port } = await listenNear(world, `API ${logicalId}`, handler, wanted);
      const moved = wanted !== 0 && port !== wanted;
      listeners.set(`${stack}/${logicalId}`, {
        stack,
        logicalId,
        apiId,
        url,
        port,
        ...(moved && { takenPort: wanted }),
      });
    },
    of: (stack, logicalId) => {
      const listener = listeners.get(`${stack}/${logicalId}`);
      if (!listener) throw new Error(`the API ${logicalId} of ${stack} has no listener yet`);
      return listener;
    },
    all: () => [...listeners.values()],
    refresh: (apiId) => {
      compiled.delete(apiId);
    },
    check: () => {
      for (const { apiId, stack, logicalId } of listeners.values()) compiledApi(apiId, stack, logicalId);
    },
  };
};
