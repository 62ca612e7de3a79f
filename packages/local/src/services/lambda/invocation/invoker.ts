import type { Outcome } from '../../../compute/environment.ts';
import type { EnvironmentPool } from '../../../compute/environment-pool.ts';
import type { Deployment } from '../../../compute/fleet.ts';
import { AwsError } from '../../../core/aws-call.ts';
import type { JsonObject } from '../../../core/json.ts';
import type { InvocationRequest, InvocationResult } from '../../../core/ports.ts';
import type { World } from '../../../core/world.ts';
import { newTraceHeader, withParent } from '../../../http/trace-header.ts';
import { logActs, roleOf, TRACE_ACTS } from '../state/acts.ts';
import type { FunctionDirectory, ResolvedFunction } from '../state/function-directory.ts';
import type { FunctionMetrics } from '../state/function-metrics.ts';
import { invocationSegment } from './invocation-segment.ts';
import { recordInvocation } from './record-invocation.ts';

/** https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
export const MAX_REQUEST_BYTES = 6_291_456;
const MAX_RESPONSE_BYTES = 6_291_556;

export interface CompletedInvocation extends InvocationResult {
  readonly executedVersion: string;
  readonly functionArn: string;
}

export interface InvocationOptions {
  readonly qualifier?: string | undefined;
  /** Retries of one asynchronous event keep its id. */
  readonly requestId?: string;
}

/** What the invoker is tied to besides the service's own parts. */
export interface InvokerTies {
  readonly deploymentOf: (resolved: ResolvedFunction) => Deployment;
  /** Takes the segment of each sampled invocation. */
  readonly onSegment: (document: JsonObject) => void;
  readonly onLostSegment: (segmentId: string) => void;
}

export interface Invoker {
  invoke(request: InvocationRequest, options?: InvocationOptions): Promise<CompletedInvocation>;
}

const tooLarge = (payload: string): string =>
  JSON.stringify({
    errorType: 'Function.ResponseSizeTooLarge',
    errorMessage:
      `Response payload size (${Buffer.byteLength(payload)} bytes) exceeded maximum allowed payload size ` +
      `(${MAX_RESPONSE_BYTES} bytes).`,
  });

/** A string of n UTF-16 units takes at most 3n bytes in UTF-8: only long ones need counting. */
const exceeds = (payload: string, limitBytes: number): boolean =>
  payload.length * 3 > limitBytes && Buffer.byteLength(payload) > limitBytes;

const checkResponse = (outcome: Outcome): Outcome =>
  outcome.status === 'ok' && exceeds(outcome.payload, MAX_RESPONSE_BYTES)
    ? { ...outcome, status: 'error', payload: tooLarge(outcome.payload) }
    : outcome;

export const createInvoker = (
  world: World,
  directory: FunctionDirectory,
  pool: EnvironmentPool,
  metrics: FunctionMetrics,
  ties: InvokerTies,
): Invoker => {
  const refuse = (resolved: ResolvedFunction, request: InvocationRequest, requestId: string, traceHeader: string) => {
    metrics.of(resolved.fn.name).throttles++;
    recordInvocation(world, { resolved, source: request.source, requestId, traceHeader }, undefined);
    return new AwsError('TooManyRequestsException', 'Rate Exceeded.', 429);
  };

  return {
    invoke: async (request, options = {}) => {
      const resolved = directory.resolve(request.functionName, options.qualifier);
      const { fn } = resolved;
      if (exceeds(request.payload, MAX_REQUEST_BYTES)) {
        throw new AwsError(
          'RequestTooLargeException',
          `Request must be smaller than ${MAX_REQUEST_BYTES} bytes for the InvokeFunction operation`,
          413,
        );
      }
      const requestId = options.requestId ?? world.random.uuid();
      const traceHeader = request.traceHeader ?? newTraceHeader(world, fn.traced);
      const segmentId = world.random.hex(8);
      const sampled = traceHeader.includes('Sampled=1');
      const mayTrace = !(sampled && fn.traced) || world.access.permits(roleOf(fn), TRACE_ACTS);
      if (!mayTrace) ties.onLostSegment(segmentId);
      const counts = metrics.of(fn.name);
      if (fn.reservedConcurrency !== undefined && counts.inFlight >= fn.reservedConcurrency) {
        throw refuse(resolved, request, requestId, traceHeader);
      }
      counts.inFlight++;
      try {
        const invocation = {
          requestId,
          payload: request.payload,
          timeoutMs: fn.timeoutMs,
          functionArn: resolved.invokedArn,
          traceHeader: withParent(traceHeader, segmentId),
        };
        const running = pool.run(ties.deploymentOf(resolved), invocation);
        const outcome = checkResponse(await world.agenda.track({ what: 'invoke', subject: fn.name }, running));
        metrics.count(fn.name, outcome);
        // Lambda writes a line of its own for each invocation.
        world.access.permits(roleOf(fn), () => logActs(world, fn, 'report'));
        if (sampled && mayTrace) {
          const facts = { segmentId, functionName: fn.name, requestId, traceHeader, endMs: world.clock.now(), outcome };
          ties.onSegment(invocationSegment(facts));
        }
        recordInvocation(world, { resolved, source: request.source, requestId, traceHeader }, outcome);
        return {
          requestId,
          payload: outcome.payload,
          executedVersion: resolved.version,
          functionArn: `${fn.arn}:${resolved.qualifier}`,
          ...(outcome.status === 'ok' ? {} : { functionError: 'Unhandled' as const }),
        };
      } finally {
        counts.inFlight--;
      }
    },
  };
};
