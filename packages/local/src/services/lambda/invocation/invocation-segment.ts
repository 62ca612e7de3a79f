import type { Outcome } from '../../../compute/environment.ts';
import type { JsonObject } from '../../../core/json.ts';
import { parentOf, traceIdOf } from '../../../http/trace-header.ts';

export interface SegmentFacts {
  readonly segmentId: string;
  readonly functionName: string;
  readonly requestId: string;
  /** As the trigger gave it: the segment belongs below its parent. */
  readonly traceHeader: string;
  readonly endMs: number;
  readonly outcome: Outcome;
}

/** The segment that Lambda itself sends for an invocation; what the function sends lies below it. */
export const invocationSegment = (facts: SegmentFacts): JsonObject => {
  const { segmentId, functionName, requestId, traceHeader, endMs, outcome } = facts;
  const parentId = parentOf(traceHeader);
  const startMs = endMs - outcome.durationMs - (outcome.initDurationMs ?? 0);
  return {
    id: segmentId,
    trace_id: traceIdOf(traceHeader) ?? '',
    name: functionName,
    origin: 'AWS::Lambda::Function',
    start_time: startMs / 1000,
    end_time: endMs / 1000,
    aws: { request_id: requestId },
    ...(parentId !== undefined && { parent_id: parentId }),
    ...(outcome.status !== 'ok' && { fault: true }),
  };
};
