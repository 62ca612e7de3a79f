import type { Outcome } from '../../../compute/environment.ts';
import { isObject, type Json, type JsonObject } from '../../../core/json.ts';
import type { World } from '../../../core/world.ts';
import { traceIdOf } from '../../../http/trace-header.ts';
import type { ResolvedFunction } from '../state/function-directory.ts';

export interface InvocationFacts {
  readonly resolved: ResolvedFunction;
  readonly source: string;
  readonly requestId: string;
  readonly traceHeader: string;
}

const errorOf = (payload: string): JsonObject => {
  const parsed: Json = JSON.parse(payload);
  if (!isObject(parsed)) return {};
  const { errorType = '', errorMessage = '', trace = [] } = parsed;
  return { errorType, errorMessage, trace };
};

/** One journal entry for each invocation; without an outcome it was throttled. */
export const recordInvocation = (world: World, facts: InvocationFacts, outcome: Outcome | undefined): void => {
  const { resolved, requestId, source, traceHeader } = facts;
  const endMs = world.clock.now();
  world.journal.record('invocations', {
    id: requestId,
    atMs: endMs - (outcome?.durationMs ?? 0) - (outcome?.initDurationMs ?? 0),
    functionName: resolved.fn.name,
    version: resolved.version,
    source,
    durationMs: outcome?.durationMs ?? 0,
    coldStart: outcome?.coldStart ?? false,
    ...(outcome?.initDurationMs === undefined ? {} : { initDurationMs: outcome.initDurationMs }),
    status: outcome?.status ?? 'throttled',
    ...(outcome && outcome.status !== 'ok' ? { error: errorOf(outcome.payload) } : {}),
    ...(outcome ? { environmentId: outcome.environmentId } : {}),
    traceId: traceIdOf(traceHeader) ?? '',
  });
};
